import { quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import { lockFile } from '../layout/paths.ts';
import { knownRenderers } from '../render/renderer-version.ts';
import type { Lock } from '../schema/lock.schema.ts';
import type { LoadedWorkload } from '../workload/load-workloads.ts';
import type { Needs } from './capability-uses.ts';
import { expectedLock } from './expected-lock.ts';
import { lockDifferences } from './lock-differences.ts';
import { newerThanRenderer } from './newer-than-renderer.ts';

/**
 * The lock of a service, if it can be relied on: it is there, this tool renders by it, its namespace is nobody else's, and it
 * says what the service needs now. Else the one finding that says what is wrong first.
 */
export function checkLock({ workload, findings: own }: LoadedWorkload, needs: Needs): Outcome<Lock> {
  const { service, lock, score } = workload;
  const subject = `service:${service}`;
  if (lock === undefined) {
    // A lock that is there and cannot be read has said so itself.
    if (own.some(({ path }) => path === lockFile(service))) return { findings: [] };
    const finding: Finding = {
      code: 'resolve/lock-missing',
      severity: 'error',
      message: `${service} has no lock`,
      hint: `\`npx idp lock ${service}\` writes it; one that was there before is restored from git: a new lock means new, empty instances`,
      subject,
      ...score.locate(['metadata', 'name']),
    };
    return { findings: [finding] };
  }
  if (!knownRenderers.includes(lock.document.renderer)) {
    const finding: Finding = {
      code: 'resolve/unknown-renderer',
      severity: 'error',
      message: `this tool has no renderer ${quote(lock.document.renderer)}`,
      hint: `it knows ${knownRenderers.join(', ')}; use a newer tool`,
      subject,
      ...lock.source.locate(['renderer']),
    };
    return { findings: [finding] };
  }
  const newer = newerThanRenderer(workload, lock.document.renderer);
  if (newer !== undefined) return { findings: [{ ...newer, subject }] };
  if (/^(default|kube-.*)$/.test(lock.document.namespace)) {
    const finding: Finding = {
      code: 'resolve/reserved-namespace',
      severity: 'error',
      message: `the namespace ${quote(lock.document.namespace)} belongs to Kubernetes`,
      hint: 'take the namespace back that the lock had; that of a new service is its name',
      subject,
      ...lock.source.locate(['namespace']),
    };
    return { findings: [finding] };
  }
  // What a service needs cannot be compared while a part of it is unknown.
  if (hasErrors(needs.findings)) return { value: lock.document, findings: [] };
  const needed = needs.uses.map(({ path }) => path);
  const differences = lockDifferences(lock.document, expectedLock(workload, needs, lock.document, undefined), needed);
  const [first] = differences;
  if (first === undefined) return { value: lock.document, findings: [] };
  const more = differences.length > 1 ? ` (and ${differences.length - 1} more)` : '';
  const finding: Finding = {
    code: 'resolve/lock-outdated',
    severity: 'error',
    message: `the lock is outdated: ${first.message}${more}`,
    hint: `${first.first === undefined ? '' : `${first.first}; `}\`npx idp lock ${service}\` brings it up to date`,
    subject,
    ...lock.source.locate(first.pointer, 'key'),
  };
  return { findings: [finding] };
}
