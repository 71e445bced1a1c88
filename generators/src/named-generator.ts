import { type Generator, generators } from '@idp/verbs';

/** The generator that both doors share. */
export function namedGenerator(name: string): Generator {
  const found = generators.find((generator) => generator.name === name);
  if (found === undefined) throw new Error(`no generator is named ${name}`);
  return found;
}
