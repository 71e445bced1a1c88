import { hasErrors } from '../finding/finding.ts';
import type { Evaluation } from '../platform/evaluate-platform.ts';
import type { Platform } from '../platform/platform.ts';
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

/** Compares what the main branch says with what every environment's branch records. */
export function statusOf(
  platform: Platform,
  evaluation: Evaluation,
  branches: readonly BranchState[],
): readonly ServiceStatus[] {
  const rows: ServiceStatus[] = [];
  for (const environment of platform.environments.values()) {
    const branch = branches.find((candidate) => candidate.branch === environment.branch);
    if (branch === undefined) continue;
    const services = new Set([
      ...evaluation.services.map(({ service }) => service),
      ...platform.unreadableServices,
      ...recordedServices(branch.snapshot),
    ]);
    for (const service of services) {
      const evaluated = evaluation.services.find((candidate) => candidate.service === service);
      const found = readRecord(branch.snapshot, service);
      const record = found.kind === 'record' ? found.record : undefined;
      const tree = evaluated?.trees.get(environment.name);
      const state = (): ServiceStatus['state'] => {
        if (found.kind === 'invalid') return 'unreadable';
        if (evaluated === undefined) return platform.unreadableServices.has(service) ? 'invalid' : 'gone';
        if (tree === undefined || hasErrors(evaluated.findings)) return 'invalid';
        if (record === undefined) return 'absent';
        return record.release === tree.release && record.tree === tree.digest ? 'current' : 'behind';
      };
      rows.push({
        service,
        environment: environment.name,
        state: state(),
        release: record?.release,
        commit: record?.source.commit,
        since: record?.soakStart,
      });
    }
  }
  return rows.sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : 0));
}
