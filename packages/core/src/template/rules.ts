import { exampleCapability, exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles, Rule } from '../finding/rule.ts';

const config = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{yaml instance.name}} }\ndata:\n  name: ${name}\n`;
const spec =
  'parameters: { type: object, properties: { label: { type: string }, list: { type: array, default: [a] } } }\nobjects: { kinds: [v1/ConfigMap] }';
const template = (name: string): ExampleFiles =>
  exampleCapability({ spec, files: { 'templates/deploy/config.yaml': config(name) } });
const used = (name: string, resource?: string): ExampleFiles =>
  exampleUse({ spec, files: { 'templates/deploy/config.yaml': config(name) } }, resource);
/** Loops over ten items, each inside of the one before. */
const looping = (depth: number, text = 'a'): ExampleFiles =>
  exampleUse({
    spec: 'parameters: { type: object, properties: { list: { type: array, default: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } } }\nobjects: { kinds: [v1/ConfigMap] }',
    files: {
      'templates/deploy/config.yaml': config(
        `${'{{#each @root.params.list}}'.repeat(depth)}${text}${'{{/each}}'.repeat(depth)}`,
      ),
    },
  });
const passes = template('{{yaml service.name}}');

/** The templates of capabilities: checked when they are read, and again when they are rendered. */
export const templateRules: readonly Rule[] = [
  {
    code: 'template/invalid',
    severity: 'error',
    title: 'A template can be parsed',
    why: 'Of a template that cannot be read nothing is rendered.',
    mend: 'Mend the `{{…}}` at the line that is shown.',
    examples: { fails: template('{{yaml service.name'), passes },
  },
  {
    code: 'template/not-allowed',
    severity: 'error',
    title: 'A template uses the fixed language: values, conditions, loops and a few helpers',
    why: 'Partials, decorators and code would make a capability something that cannot be checked.',
    mend: 'Write it with `{{#if}}`, `{{#each}}` and the helpers.',
    examples: { fails: template('{{> name}}'), passes },
  },
  {
    code: 'template/unknown-helper',
    severity: 'error',
    title: 'A helper is one of the fixed set',
    why: 'Handlebars would print nothing for a helper that does not exist.',
    mend: 'Mend the name; the hint names the nearest one.',
    examples: { fails: template('{{yml service.name}}'), passes },
  },
  {
    code: 'template/bare-value',
    severity: 'error',
    title: 'In YAML a value is printed by `{{yaml x}}`',
    why: 'A bare `{{x}}` splices text: a value with a colon or a line feed would change the structure of the manifest, and a number would become text.',
    mend: 'Write `{{yaml x}}`, which keeps types and cannot be broken out of.',
    examples: { fails: template('{{service.name}}'), passes },
  },
  {
    code: 'template/unknown-path',
    severity: 'error',
    title: 'A template names only what is declared',
    why: 'A misspelt name would print nothing, in a manifest that looks right.',
    mend: 'Mend the name; the hint names the nearest one. Or declare the parameter in `capability.yaml`.',
    examples: { fails: template('{{yaml params.labell}}'), passes },
  },
  {
    code: 'template/undefined-value',
    severity: 'error',
    title: 'What a template prints has a value',
    why: 'Nothing in the place of a value is a manifest that nobody meant.',
    mend: 'Give the parameter a default, require it, or guard it with `{{#if …}}`.',
    examples: {
      fails: used('{{yaml params.label}}'),
      passes: used('{{yaml params.label}}', 'cache: { type: cache, params: { label: hot } }'),
    },
  },
  {
    code: 'template/too-many-steps',
    severity: 'error',
    title: 'A template is evaluated in a million steps at most',
    why: 'Loops in loops multiply: three of them over 2,000 items take hours, and every check of every pull request waits for it.',
    mend: 'Nest fewer loops, or loop over less.',
    examples: { fails: looping(6), passes: looping(2) },
  },
  {
    code: 'template/too-much-text',
    severity: 'error',
    title: 'A template prints two million characters at most',
    why: 'The API server would not take an object of that size.',
    mend: 'Print less inside of loops.',
    examples: { fails: looping(4, 'the same words in ten thousand places, '.repeat(6)), passes: looping(2) },
  },
  {
    code: 'template/invalid-yaml',
    severity: 'error',
    title: 'What a template renders is YAML',
    why: 'It could not be applied.',
    mend: 'Mend the template at the line that is shown.',
    examples: { fails: used('[a'), passes: used('"[a"') },
  },
  {
    code: 'template/not-a-scalar',
    severity: 'error',
    title: 'A map or a list is not part of a longer text',
    why: 'There is no one way to print it there.',
    mend: 'Give it a line of its own, or print it as JSON text by `{{yaml (json x)}}`.',
    examples: { fails: used('list {{yaml params.list}}'), passes: used('{{yaml (json params.list)}}') },
  },
];
