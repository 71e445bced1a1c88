import type { Rule } from '../finding/rule.ts';

const system = (lines: string) => ({ 'catalog/loyalty.yaml': `apiVersion: backstage.io/v1alpha1\n${lines}` });
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
    severity: 'warning',
    title: 'Locations and templates are not read yet',
    why: 'They are valid in Backstage. This version does not follow locations and does not run templates; silence would be a promise.',
    mend: 'Nothing has to be done. Put the entities that a location leads to into `catalog/`; leave the file out by `spec.ignore` in idp.yaml to silence this.',
    examples: {
      fails: system('kind: Location\nmetadata: { name: all }\nspec: { target: ./more/*.yaml }\n'),
      passes,
    },
  },
];
