import type { Capability } from '../capability/capability.ts';
import type { Finding } from '../finding/finding.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { gateChanges } from './effective-changes.ts';
import { type ClassifiedFile, renderScaffold } from './render-scaffold.ts';
import type { Answers, ServiceOptions } from './service-request.ts';

/** Renders the scaffold templates of a workload capability for a service, and sends their paths through the gate. */
export function scaffoldFiles(
  template: Capability,
  options: ServiceOptions,
  answers: Answers,
  snapshot: Snapshot,
): { readonly files: readonly ClassifiedFile[]; readonly findings: readonly Finding[] } {
  const { files, findings } = renderScaffold(template, options, answers);
  const gated = gateChanges(snapshot, [`services/${options.name}`], files);
  return { files, findings: [...findings, ...gated] };
}
