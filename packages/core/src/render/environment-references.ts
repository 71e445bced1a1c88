import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { child, descend, isMap, sortedEntries, stringIn, type Traced } from '../provenance/traced.ts';
import { placeWithin } from '../resolve/check-references.ts';
import { referencesIn } from '../workload/placeholder.ts';
import { type ServiceFiles, scoreTexts } from '../workload/score-texts.ts';

/** The type of resource whose outputs are the values of the environment: built in. */
export const environmentType = 'environment';

/** What `${resources.env.<path>}` stands for: a value of the environment and target. */
export function environmentValue(values: Traced, path: readonly string[]): Traced | undefined {
  return path.length === 0 ? undefined : descend(values, path);
}

/**
 * Names of values that this environment does not have. Another environment may have them: so this is said of one, and
 * the service stops there alone.
 */
export function environmentFindings(
  score: Traced,
  values: Traced,
  environment: string,
  files: ServiceFiles,
): readonly Finding[] {
  const findings: Finding[] = [];
  // Most services ask for nothing of an environment: their texts are not read again for each target.
  if (!sortedEntries(child(score, 'resources')).some(([name]) => isEnvironment(score, name))) return findings;
  for (const { node, place } of scoreTexts(score, files)) {
    const text = place === 'plain' ? '' : (stringIn(node) ?? '');
    for (const { path, start, end } of referencesIn(text)) {
      const [root, resource = '', ...value] = path;
      if (root !== 'resources' || !isEnvironment(score, resource)) continue;
      if (environmentValue(values, value) !== undefined) continue;
      findings.push({
        code: 'render/unknown-value',
        severity: 'error',
        message: `${environment} has no value ${quote(value.join('.'))}`,
        hint:
          didYouMean(value.join('.'), namesIn(values)) ?? `add it to \`values\` in environments/${environment}.yaml`,
        ...placeWithin(node, text, { start, end }),
      });
    }
  }
  return findings;
}

/** Whether a resource of a Score document stands for the environment. */
export function isEnvironment(score: Traced, resource: string): boolean {
  return stringIn(descend(score, ['resources', resource, 'type'])) === environmentType;
}

/** The paths of all values, as a placeholder writes them. */
function namesIn(values: Traced, before: readonly (string | number)[] = []): readonly string[] {
  if (!isMap(values)) return [];
  return [...values.content.keys()].map(String).flatMap((name) => {
    const path = [...before, name];
    const inner = child(values, name);
    return [path.join('.'), ...(inner === undefined ? [] : namesIn(inner, path))];
  });
}
