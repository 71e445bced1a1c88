import type { Rule } from '../finding/rule.ts';

const system = (lines: string) => ({ 'catalog/loyalty.yaml': `apiVersion: backstage.io/v1alpha1\n${lines}` });
const api = (path: string) =>
  system(
    `kind: API\nmetadata: { name: loyalty }\nspec:\n  type: openapi\n  lifecycle: production\n  owner: team-payments\n  definition: { $text: ${path} }\n`,
  );
const passes = system('kind: System\nmetadata: { name: loyalty }\nspec: { owner: team-payments }\n');

/** The form of an entity: what Backstage's own validators say. */
export const catalogFormRules: readonly Rule[] = [
  {
    code: 'catalog/foreign-field',
    severity: 'error',
    title: 'Beside `metadata` and `spec` an entity has no fields',
    why: 'Backstage refuses the whole entity for it.',
    mend: 'Move the field into `metadata` or `spec`.',
    examples: {
      fails: system(
        'kind: System\nmetadata: { name: loyalty }\nspec: { owner: team-payments }\nowner: team-payments\n',
      ),
      passes,
    },
  },
  {
    code: 'catalog/missing-field',
    severity: 'error',
    title: 'The required fields of an entity are there',
    why: "Backstage refuses the entity without them; an entity without an owner is nobody's.",
    mend: 'Add the field that the message names.',
    examples: { fails: system('kind: System\nmetadata: { name: loyalty }\nspec: { domain: payments }\n'), passes },
  },
  {
    code: 'catalog/wrong-value',
    severity: 'error',
    title: 'The values of an entity have the types and forms of the Backstage descriptor format',
    why: 'Backstage refuses the whole entity for one of them.',
    mend: 'Write a value of the form that the hint describes.',
    examples: {
      fails: system('kind: System\nmetadata: { name: loyalty, tags: [Loyalty] }\nspec: { owner: team-payments }\n'),
      passes: system('kind: System\nmetadata: { name: loyalty, tags: [loyalty] }\nspec: { owner: team-payments }\n'),
    },
  },
  {
    code: 'catalog/not-an-entity',
    severity: 'error',
    title: 'A file of the catalog holds entities',
    why: 'A file that looks as if it were part of the catalog, and is not, is missed by somebody.',
    mend: 'Write an entity, or leave the file out by `spec.ignore` in idp.yaml.',
    examples: { fails: { 'catalog/loyalty.yaml': 'points: 100\n' }, passes },
  },
  {
    code: 'catalog/unknown-kind',
    severity: 'error',
    title: 'A kind is one that the catalog knows',
    why: 'An entity of a kind that nobody reads is not in the catalog.',
    mend: 'Mend the name of the kind; the hint names the nearest one.',
    examples: { fails: system('kind: Sytem\nmetadata: { name: loyalty }\nspec: { owner: team-payments }\n'), passes },
  },
  {
    code: 'catalog/not-read',
    severity: 'info',
    title: 'What is left out of the catalog is said',
    why: 'A URL, a location of another type, a skeleton of a template or a kind of an extension is valid in Backstage. Nothing is fetched here; whoever looks for an entity should know that there may be more.',
    mend: 'Nothing has to be done. `spec.ignore` in idp.yaml leaves a file out without a word.',
    examples: {
      fails: system('kind: Location\nmetadata: { name: all }\nspec: { target: https://example.com/all.yaml }\n'),
      passes,
    },
  },
  {
    code: 'catalog/unresolved-target',
    severity: 'error',
    title: 'A location leads to files of the repository',
    why: 'Entities that a location should bring, and does not, are missed by nobody until they are needed.',
    mend: 'Mend the path or the pattern: it is relative to the file of the location, or to the repository with a `/` at the beginning. A target that need not be there has `presence: optional`.',
    examples: {
      fails: system('kind: Location\nmetadata: { name: all }\nspec: { target: ./pyments.yaml }\n'),
      passes: system('kind: Location\nmetadata: { name: all }\nspec: { targets: [./payments.yaml, ./*.yaml] }\n'),
    },
  },
  {
    code: 'catalog/unresolved-substitution',
    severity: 'error',
    title: 'What `$text`, `$json` and `$yaml` name is a file of the repository that can be read',
    why: 'Backstage refuses the whole entity, when it reads it the next time. No link is followed and nothing outside of the repository is read.',
    mend: 'Mend the path: it is relative to the file of the entity, or to the repository with a `/` at the beginning.',
    examples: {
      fails: { ...api('./openapi.yml'), 'catalog/openapi.txt': 'openapi: 3.1.0\n' },
      passes: { ...api('./openapi.txt'), 'catalog/openapi.txt': 'openapi: 3.1.0\n' },
    },
  },
];
