import { isObject, type JsonObject } from '../json/json.ts';
import { readRecord, recordedServices } from '../promote/record.ts';
import { mergeTraced } from '../provenance/merge.ts';
import { traceSource } from '../provenance/trace-source.ts';
import { type Traced, toJson } from '../provenance/traced.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource } from '../source/source.ts';

/**
 * The Score document that the release was made of which is deployed in an environment. `null`: the service is not there;
 * `undefined`: nobody knows.
 */
export type DeployedScores = (service: string, environment: string) => JsonObject | null | undefined;

/** A file at a commit. */
export interface CommittedFile {
  readonly commit: string;
  readonly path: string;
}

/** Its bytes; `null`: the commit has no such file; `undefined`: the commit is not here. */
export type ReadCommitted = (file: CommittedFile) => Uint8Array | null | undefined;

const scoreOf = (service: string): string => `services/${service}/score.yaml`;
const overridesOf = (service: string, environment: string): readonly string[] =>
  ['yaml', 'yml'].map((ending) => `services/${service}/environments/${environment}.${ending}`);

/**
 * The files that `deployedScores` reads: records on the branches of environments name the commit that each release was
 * made of (design, section 9).
 *
 * @param branches by environment
 */
export function filesOfDeployedScores(branches: ReadonlyMap<string, Snapshot>): readonly CommittedFile[] {
  return [...branches].flatMap(([environment, branch]) =>
    recordedServices(branch).flatMap((service) => {
      const commit = commitOf(branch, service, environment);
      if (typeof commit !== 'string') return [];
      return [scoreOf(service), ...overridesOf(service, environment)].map((path) => ({ commit, path }));
    }),
  );
}

/**
 * The Score documents that releases were made of, from the records on the branches of environments.
 *
 * @param branches by environment
 * @param read has what `filesOfDeployedScores` names
 */
export function deployedScores(branches: ReadonlyMap<string, Snapshot>, read: ReadCommitted): DeployedScores {
  return (service, environment) => {
    const branch = branches.get(environment);
    if (branch === undefined) return undefined;
    const commit = commitOf(branch, service, environment);
    if (typeof commit !== 'string') return commit;
    const score = tracedAt(read, { commit, path: scoreOf(service) });
    const overrides = overridesOf(service, environment).map((path) => tracedAt(read, { commit, path }));
    // What is deployed had a Score file: where that cannot be read any more, nobody knows what was in it.
    if (!score || overrides.includes(undefined)) return undefined;
    const override = overrides.find((found) => found !== null);
    const document = toJson(override ? mergeTraced(score, override) : score);
    return isObject(document) ? { kind: 'Workload', ...document } : undefined;
  };
}

/** What a release was made of; `null` where there is none. */
function commitOf(branch: Snapshot, service: string, environment: string): string | null | undefined {
  const read = readRecord(branch, service, environment);
  if (read.kind === 'none') return null;
  return read.kind === 'record' ? read.record.source.commit : undefined;
}

function tracedAt(read: ReadCommitted, file: CommittedFile): Traced | null | undefined {
  const bytes = read(file);
  if (!bytes) return bytes;
  const entry = { path: file.path, oid: file.commit, mode: '100644' } as const;
  const { source } = readSource(
    snapshotOf([entry], () => bytes),
    entry,
  );
  return source && traceSource(source);
}
