import { type Finding, hasErrors, type Json, type PromotionDecision } from '@idp/core';
import { exitCode } from '../exit-code.ts';
import { counted } from '../output/counted.ts';
import type { ReadLine } from '../output/source-lines.ts';
import type { VerbResult } from '../verb.ts';

export interface FinishedPromotion {
  readonly decision: PromotionDecision;
  readonly environment: string;
  readonly branch: string;
  readonly source: string;
  /** The commit that was pushed; none when there was nothing to do, or for a dry run. */
  readonly commit: string | undefined;
  readonly general: readonly Finding[];
  /** Lines of the source commit. */
  readonly readLine: ReadLine;
}

/** What a promotion says of itself. */
export function promotionResult({
  decision,
  environment,
  branch,
  source,
  commit,
  general,
  readLine,
}: FinishedPromotion): VerbResult {
  const findings = [...general, ...decision.findings];
  if (decision.kind === 'closed') {
    return {
      exit: exitCode.conflict,
      findings,
      readLine,
      summary: { to: environment, source, promoted: 0 },
      pretty: () => '',
    };
  }
  const promoted = decision.kind === 'commit' ? decision.promoted : [];
  const from = source.slice(0, 12);
  const text = (): string => {
    if (decision.kind === 'nothing') {
      if (decision.unchanged === 0) return `Nothing was promoted to ${environment}`;
      return `Nothing to do: ${branch} has the releases of ${from} already (${counted(decision.unchanged, 'service')})`;
    }
    const lines = promoted.map(
      ({ service, change, release, written }) =>
        `  ${service}  ${change}  ${release.slice(7, 19)}  ${counted(written, 'manifest')}`,
    );
    const done =
      commit === undefined
        ? `Would promote ${from} to ${environment}, on ${branch} (nothing was pushed)`
        : `Promoted ${from} to ${environment}: ${branch} is now ${commit.slice(0, 12)}`;
    return [done, ...lines].join('\n');
  };
  const nobody = decision.kind === 'nothing' && decision.unchanged === 0;
  return {
    exit: hasErrors(findings) ? exitCode.findings : nobody ? exitCode.usage : exitCode.fine,
    findings:
      nobody && !hasErrors(findings)
        ? [
            ...findings,
            {
              code: 'usage/nothing-to-promote',
              severity: 'error',
              message: 'there is no service to promote',
              hint: 'add one: `idp g service`',
            },
          ]
        : findings,
    readLine,
    summary: {
      to: environment,
      branch,
      source,
      commit: commit ?? null,
      promoted: promoted.length,
      unchanged: decision.unchanged,
    },
    data: { promoted: promoted as unknown as Json },
    pretty: text,
    markdown: text,
  };
}
