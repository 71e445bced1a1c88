import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { compareStrings } from '../json/compare.ts';
import { child, descend, sortedEntries, stringIn, type Traced } from '../provenance/traced.ts';
import { placeIn } from '../workload/score-findings.ts';
import { effectiveScore, type Workload } from '../workload/workload.ts';

/** A resource of a Score file, in whichever environments it exists. */
export interface DeclaredResource {
  readonly name: string;
  readonly type: string;
  readonly id: string | undefined;
  readonly class: string | undefined;
  /** Whether it says `params` anywhere, `{}` as well: of several that name one instance, that one sets it up. */
  readonly hasParams: boolean;
  /** The ranges of versions that it asks for, over all environments, each with the document that says it. */
  readonly ranges: readonly { readonly range: string; readonly score: Traced }[];
  /** The Score document that declares it first: the base, or an override that adds it. */
  readonly score: Traced;
}

export const versionAnnotation = 'idp.internal/version';

/** The Score documents of a workload: the base, then one for each override. */
export function scoresOf(workload: Workload): readonly Traced[] {
  return [undefined, ...[...workload.overrides.keys()].sort()].map((environment) =>
    effectiveScore(workload, environment),
  );
}

/**
 * All resources over the base and every override, sorted by name. An override may add one; it cannot make
 * another type of it, because the identity of an instance goes by the resource's name in all environments.
 * A resource of type `service` may be another service elsewhere: it is there once for each `id`.
 */
export function declaredResources(workload: Workload): {
  readonly resources: readonly DeclaredResource[];
  readonly findings: readonly Finding[];
} {
  const resources = new Map<string, DeclaredResource>();
  const types = new Map<string, string>();
  const findings: Finding[] = [];
  for (const score of scoresOf(workload)) {
    for (const [name, node] of sortedEntries(child(score, 'resources'))) {
      const type = stringIn(child(node, 'type'));
      if (type === undefined) continue;
      const before = types.get(name) ?? type;
      types.set(name, before);
      if (before !== type) {
        findings.push({
          code: 'resolve/type-differs',
          severity: 'error',
          message: `${quote(name)} is a ${quote(before)} elsewhere and a ${quote(type)} here`,
          hint: 'add a resource of another name instead',
          ...placeIn(score, ['resources', name, 'type']),
        });
        continue;
      }
      const id = stringIn(child(node, 'id'));
      const key = type === 'service' ? `${name} ${id ?? ''}` : name;
      const declared = resources.get(key) ?? {
        name,
        type,
        id,
        class: stringIn(child(node, 'class')),
        hasParams: false,
        ranges: [],
        score,
      };
      if (declared.id !== id) {
        findings.push(otherId(declared, id, score));
        continue;
      }
      const range = stringIn(descend(node, ['metadata', 'annotations', versionAnnotation]));
      const known = range === undefined || declared.ranges.some((other) => other.range === range);
      const hasParams = declared.hasParams || child(node, 'params') !== undefined;
      const ranges = known ? declared.ranges : [...declared.ranges, { range, score }];
      resources.set(key, { ...declared, hasParams, ranges });
    }
  }
  return { resources: [...resources.values()].sort((a, b) => compareStrings(a.name, b.name)), findings };
}

/** An instance is the same in all environments: its identity goes by the resource's name. */
function otherId({ name, id }: DeclaredResource, here: string | undefined, score: Traced): Finding {
  const said = (value: string | undefined) => (value === undefined ? 'no `id`' : `the \`id\` ${quote(value)}`);
  return {
    code: 'resolve/type-differs',
    severity: 'error',
    message: `${quote(name)} has ${said(id)} elsewhere and ${said(here)} here`,
    hint: 'add a resource of another name instead',
    ...placeIn(score, ['resources', name, here === undefined ? 'type' : 'id']),
  };
}
