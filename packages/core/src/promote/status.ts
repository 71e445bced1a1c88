import type { Environment } from '../environment/environment.ts';
import { compareStrings } from '../json/compare.ts';
import type { EvaluatedService } from '../platform/evaluate-platform.ts';
import type { Platform } from '../platform/platform.ts';
import type { ReleaseRecord } from '../schema/record.schema.ts';
import type { BranchState } from './ports.ts';
import { readRecord, recordedServices } from './record.ts';

/** Where one service stands in one environment. */
export interface ServiceStatus {
  readonly service: string;
  readonly environment: string;
  /**
   * `current`: the main branch's release, as it renders now. `behind`: another one. `absent`: not there.
   * `invalid`: the service has errors on the main branch. `gone`: on the branch, no longer in the repository.
   */
  readonly state: 'current' | 'behind' | 'absent' | 'invalid' | 'gone' | 'unreadable';
  readonly release: string | undefined;
  readonly commit: string | undefined;
  readonly since: string | undefined;
}

interface Place {
  readonly environment: Environment;
  readonly branch: BranchState;
}

/** Compares what the main branch says with what every environment's branch records; each service is let go at once. */
export function statusOf(
  platform: Platform,
  services: Iterable<EvaluatedService>,
  branches: readonly BranchState[],
): readonly ServiceStatus[] {
  const places = [...platform.environments.values()].flatMap((environment): readonly Place[] => {
    const branch = branches.find((candidate) => candidate.branch === environment.branch);
    return branch === undefined ? [] : [{ environment, branch }];
  });
  const rows: ServiceStatus[] = [];
  const seen = new Set<string>();
  for (const evaluated of services) {
    seen.add(evaluated.service);
    const state = (record: ReleaseRecord | undefined, { environment }: Place): ServiceStatus['state'] => {
      const tree = evaluated.trees.get(environment.name);
      // What cannot be rendered here; an error in the override of another environment is that one's.
      if (tree === undefined) return 'invalid';
      if (record === undefined) return 'absent';
      return record.release === tree.release && record.tree === tree.digest ? 'current' : 'behind';
    };
    rows.push(...places.map((place) => rowOf(evaluated.service, place, state)));
  }
  for (const place of places) {
    const others = new Set([...platform.unreadableServices, ...recordedServices(place.branch.snapshot)]);
    for (const service of others) {
      if (seen.has(service)) continue;
      rows.push(rowOf(service, place, () => (platform.unreadableServices.has(service) ? 'invalid' : 'gone')));
    }
  }
  return rows.sort((a, b) => compareStrings(a.service, b.service));
}

function rowOf(
  service: string,
  place: Place,
  state: (record: ReleaseRecord | undefined, place: Place) => ServiceStatus['state'],
): ServiceStatus {
  const found = readRecord(place.branch.snapshot, service, place.environment.name);
  const record = found.kind === 'record' ? found.record : undefined;
  return {
    service,
    environment: place.environment.name,
    state: found.kind === 'invalid' ? 'unreadable' : state(record, place),
    release: record?.release,
    commit: record?.source.commit,
    since: record?.soakStart,
  };
}
