import { usage } from '../../output/usage.ts';
import type { VerbResult } from '../../verb.ts';

/** What belongs to a platform, and has no meaning for files of anywhere. */
const ofPlatform = ['service', 'environment', 'since'] as const;

/** The folders and files that were named. */
export interface Given {
  readonly policies: readonly string[];
  readonly resources: readonly string[];
}

/** Options that do not go together. */
export function refuseOptions(options: Readonly<Record<string, unknown>>, given: Given): VerbResult | undefined {
  for (const [one, other] of [
    ['policies', 'resources'],
    ['resources', 'policies'],
  ] as const) {
    if (given[one].length === 0)
      return usage(`no-${one}`, `--${other} needs --${one}`, `name the folder of the ${one}: --${one}=<folder>`);
  }
  const pointless = ofPlatform.find((name) => options[name] !== undefined && listOfAny(options[name]).length > 0);
  if (pointless === undefined) return undefined;
  const message = `--${pointless} selects in a platform, and --resources names files of anywhere`;
  return usage('contradiction', message, `leave out --${pointless}`);
}

function listOfAny(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** A root that is neither a file nor a folder. */
export function missing(path: string): VerbResult {
  return usage('no-folder', `${path} is neither a folder nor a file`, 'a path is relative to the current folder');
}

/** Zero work is never success. */
export function refuseNothing(
  summary: { readonly policies: number; readonly objects: number },
  given: Given,
): VerbResult | undefined {
  if (summary.policies === 0)
    return usage(
      'no-policies',
      `there is no policy to check with in ${given.policies.join(', ')}`,
      'policies are files of .yaml, .yml or .json with a ValidatingAdmissionPolicy, or a ValidatingPolicy of Kyverno',
    );
  if (summary.objects > 0) return undefined;
  return usage(
    'nothing-to-check',
    `there is no Kubernetes object in ${given.resources.join(', ')}`,
    'manifests are files of .yaml, .yml or .json with apiVersion and kind',
  );
}
