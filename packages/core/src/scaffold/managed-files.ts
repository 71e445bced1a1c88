import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Workload } from '../workload/workload.ts';
import { differs } from './effective-changes.ts';
import { type ClassifiedFile, renderScaffold } from './render-scaffold.ts';
import type { Answers, ServiceOptions } from './service-request.ts';

/** What the platform's part of a service has to be again, and why a part of it cannot be made. */
export interface ChangedManagedFiles {
  readonly files: readonly ClassifiedFile[];
  readonly findings: readonly Finding[];
}

const unchanged: ChangedManagedFiles = { files: [], findings: [] };

/**
 * The managed files of a service that are missing or are not what its template makes of its answers. Managed is what
 * both the lock and the template call so: a file that was seeded stays its service's, whatever the template says later.
 * Files are compared by git's ids, so that none of them has to be read.
 */
export function changedManagedFiles(
  workload: Workload,
  capabilities: Platform['capabilities'],
  snapshot: Snapshot,
): ChangedManagedFiles {
  const lock = workload.lock?.document;
  const template = capabilities.get(textOf(lock?.answers, 'template') ?? '');
  const options = optionsOf(workload.service, lock?.answers);
  const classes = lock?.files ?? {};
  if (template === undefined || options === undefined) return unchanged;
  if (!Object.values(classes).includes('managed')) return unchanged;
  const { files, findings } = renderScaffold(
    template,
    options,
    (lock?.answers ?? {}) as Answers,
    (path, kind) => kind === 'managed' && Object.hasOwn(classes, path) && classes[path] === 'managed',
  );
  return { files: files.filter((file) => differs(snapshot, file)), findings };
}

/** A finding for every managed file of any service that is not as its template makes it. */
export function managedFileFindings(
  workloads: Iterable<Workload>,
  capabilities: Platform['capabilities'],
  snapshot: Snapshot,
): readonly Finding[] {
  return [...workloads].flatMap((workload) => {
    const { files, findings } = changedManagedFiles(workload, capabilities, snapshot);
    const template = textOf(workload.lock?.document.answers, 'template') ?? '';
    return [...findings, ...files.map(({ path }) => changedFinding(path, workload.service, template, snapshot))];
  });
}

function changedFinding(path: string, service: string, template: string, snapshot: Snapshot): Finding {
  const missing = snapshot.entry(path) === undefined;
  return {
    code: 'scaffold/managed-file-changed',
    severity: 'error',
    message: missing
      ? `the platform manages this file, and it is missing`
      : `the platform manages this file, and it is not as the template ${quote(template)} makes it`,
    hint: `\`npx idp lock ${service}\` writes it anew`,
    path,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  };
}

/** What a person once asked the generator for, out of the lock; a lock that does not say it manages nothing. */
function optionsOf(
  service: string,
  answers: Readonly<Record<string, unknown>> | undefined,
): ServiceOptions | undefined {
  const [owner, template, lifecycle] = ['owner', 'template', 'lifecycle'].map((name) => textOf(answers, name));
  if (owner === undefined || template === undefined || lifecycle === undefined) return undefined;
  return {
    name: service,
    owner,
    template,
    lifecycle,
    system: textOf(answers, 'system'),
    title: textOf(answers, 'title'),
    description: textOf(answers, 'description'),
  };
}

function textOf(answers: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  const value = answers !== undefined && Object.hasOwn(answers, name) ? answers[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
