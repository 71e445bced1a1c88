import { quote } from '../../finding/did-you-mean.ts';
import { referencesOf } from '../entity.ts';
import { kindOf } from '../entity-reference.ts';
import type { CatalogRule } from '../rule.ts';

const system = (owner: string) => `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: loyalty }
spec: { owner: ${owner} }
`;

export const wrongKind: CatalogRule = {
  code: 'catalog/wrong-kind',
  severity: 'error',
  title: 'A reference names an entity of a kind that the field can hold',
  why: 'A system that is owned by a component is owned by nobody.',
  mend: 'Name an entity of a kind that the field can hold. `dependsOn` has no kind of its own: write `component:` or `resource:` before the name.',
  examples: {
    fails: { 'catalog/loyalty.yaml': system('system:default/payment-processing') },
    passes: { 'catalog/loyalty.yaml': system('group:default/team-payments') },
  },
  *check(entity) {
    for (const reference of referencesOf(entity)) {
      const { allowedKinds, field } = reference.field;
      const target = reference.target;
      if (target === undefined) {
        yield {
          at: reference.pointer,
          message: `${field} is ${quote(reference.text)}, which is not a reference`,
          hint: `write \`${allowedKinds[0]}:<name>\` or \`${allowedKinds[0]}:<namespace>/<name>\``,
        };
      } else if (!allowedKinds.includes(kindOf(target))) {
        yield {
          at: reference.pointer,
          message: `${field} names ${withArticle(kindOf(target))}, ${quote(reference.text)}`,
          hint: `it can be ${allowedKinds.map(withArticle).join(' or ')}`,
        };
      }
    }
  },
};

function withArticle(kind: string): string {
  return /^[aeio]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}
