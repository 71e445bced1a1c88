import { decodeText } from '../digest/text.ts';
import { isObject, type JsonObject } from '../json/json.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { parseYaml } from '../source/parse-yaml.ts';

/**
 * What the branch of an environment has under the path of a rendered object. `null`: nothing, so that the object would be
 * created; `undefined`: nobody knows.
 */
export type DeployedObjects = (environment: string, path: string) => JsonObject | null | undefined;

/** Nobody knows what is deployed. */
export const deployedUnknown: DeployedObjects = () => undefined;

/** @param branches the trees of the environment branches that could be read, by environment */
export function deployedIn(branches: ReadonlyMap<string, Snapshot>): DeployedObjects {
  return (environment, path) => {
    const branch = branches.get(environment);
    if (branch === undefined) return undefined;
    if (branch.entry(path) === undefined) return null;
    const text = decodeText(branch.read(path) ?? new Uint8Array());
    const parsed = text === undefined ? undefined : parseYaml(text);
    const [object] = parsed?.ok ? parsed.documents : [];
    // What somebody broke by hand is there, but nobody can say what it is.
    return isObject(object) ? object : undefined;
  };
}
