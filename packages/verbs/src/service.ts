/** What adds a service, and nothing that only other verbs need: it is loaded alone where a service is to be added. */

export { generatorVerb } from './generate/generator-verb.ts';
export { serviceGenerator } from './generate/service/generator.ts';
export { runInTree, type TreeDoor } from './generate/tree/generate-in-tree.ts';
export { reportBug } from './output/bug.ts';
export { isAsked } from './prompt/ask-for-options.ts';
export { runVerb } from './run-verb.ts';
