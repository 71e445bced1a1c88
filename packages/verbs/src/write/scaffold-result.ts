import { type FileChange, type Finding, hasErrors, type Outcome, type ScaffoldPlan, type Snapshot } from '@idp/core';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { failed } from '../output/usage.ts';
import type { VerbResult } from '../verb.ts';
import { applyChanges } from './apply-changes.ts';

/** Writes what a generator decided, or says what it would write. */
export async function scaffoldResult(
  root: string,
  snapshot: Snapshot,
  outcome: Outcome<ScaffoldPlan>,
  dryRun: boolean,
): Promise<VerbResult> {
  const plan = outcome.value;
  if (plan === undefined) return failed(refusalCode(outcome.findings), outcome.findings);
  const failures = dryRun ? [] : await applyChanges(root, plan.changes);
  if (failures.length > 0) return failed(exitCode.findings, failures);
  const lines = plan.changes.map((change) => `${verbOf(change, snapshot)} ${change.path}`);
  return {
    exit: hasErrors(outcome.findings) ? exitCode.findings : exitCode.fine,
    findings: outcome.findings,
    summary: { changed: plan.changes.length, written: !dryRun },
    data: {
      changes: plan.changes.map((change) => ({ path: change.path, kind: verbOf(change, snapshot).toLowerCase() })),
      nextSteps: [...plan.nextSteps],
    },
    pretty: () => {
      const head = [...lines, plan.summary, ...(dryRun && lines.length > 0 ? ['Nothing was written (--dry-run)'] : [])];
      const next =
        dryRun || plan.nextSteps.length === 0 ? [] : ['', 'Next:', ...plan.nextSteps.map((step) => `  ${step}`)];
      return [...head, ...next].join('\n');
    },
  };
}

/** What was asked for cannot be, or what is there has errors. */
function refusalCode(findings: readonly Finding[]): ExitCode {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const asked = errors.length > 0 && errors.every(({ subject }) => subject?.startsWith('option:'));
  return asked ? exitCode.usage : exitCode.findings;
}

/** The words that Nx uses for the same. */
export function verbOf(change: FileChange, snapshot: Snapshot): string {
  if (change.content === undefined) return 'DELETE';
  return snapshot.entry(change.path) === undefined ? 'CREATE' : 'UPDATE';
}
