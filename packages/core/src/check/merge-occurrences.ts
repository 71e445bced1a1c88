import type { Finding, RelatedPlace } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';

/** One violation of one subject, where it was seen. */
export interface Occurrence {
  readonly finding: Finding;
  /** Nobody can say here whether it is one. */
  readonly inconclusive: boolean;
  /** Absent for what is in no environment. */
  readonly environment: string | undefined;
  readonly target: string | undefined;
  /** For what is rendered: its file on the environment's branch. */
  readonly rendered: { readonly path: string; readonly what: string; readonly field: string } | undefined;
}

/**
 * What is said of the same line for several environments and targets is one finding, which names them.
 *
 * @param environments all in which this was judged; a finding that shows in each of them does not list them
 */
export function mergeOccurrences(
  occurrences: readonly Occurrence[],
  environments: readonly string[],
): { readonly findings: readonly Finding[]; readonly inconclusive: number } {
  const same = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const { finding, rendered } = occurrence;
    const key = canonicalJson([finding, rendered?.what ?? null, rendered?.field ?? null] as unknown as Json);
    const known = same.get(key);
    if (known === undefined) same.set(key, [occurrence]);
    else known.push(occurrence);
  }
  const all = [...same.values()];
  return {
    findings: all.map((those) => merged(those, environments)),
    inconclusive: all.filter(([first]) => first?.inconclusive).length,
  };
}

function merged(all: readonly Occurrence[], environments: readonly string[]): Finding {
  const [first] = all;
  if (first === undefined) throw new Error('there is nothing to merge');
  const { finding, rendered } = first;
  const seen = [...new Set(all.flatMap(({ environment }) => environment ?? []))];
  const everywhere = seen.length === 0 || environments.every((environment) => seen.includes(environment));
  const place = rendered && renderedPlace(rendered, all);
  return {
    ...finding,
    ...(place !== undefined && { related: [place, ...(finding.related ?? [])] }),
    ...(!everywhere && { environments: seen }),
  };
}

/** `rendered Deployment checkout in prod (eu, us), spec.replicas`; the path is that of the first. */
function renderedPlace(
  { path, what, field }: NonNullable<Occurrence['rendered']>,
  all: readonly Occurrence[],
): RelatedPlace {
  const targets = new Map<string, string[]>();
  for (const { environment = '', target = '' } of all)
    targets.set(environment, [...(targets.get(environment) ?? []), target]);
  const places = [...targets].map(([environment, names]) => `${environment} (${[...new Set(names)].join(', ')})`);
  return { message: `${what} in ${places.join(' and ')}${field === '' ? '' : `, ${field}`}`, path };
}
