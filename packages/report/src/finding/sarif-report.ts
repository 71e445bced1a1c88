import {
  type Digest,
  digestOfJson,
  type Finding,
  identityOf,
  type Json,
  type JsonObject,
  type Severity,
  sortFindings,
} from '@idp/core';
import { countText } from '../text/count-text.ts';
import { jsonLine } from '../text/json-line.ts';
import { visibleText } from '../text/visible-text.ts';
import { relatedLocations, shownLocation, uriOf } from './sarif-location.ts';
import { waiverText } from './waiver-text.ts';

/** What a rule of the tool says, for those who look at one of its results. */
export interface SarifRule {
  readonly title: string;
  readonly why: string;
  readonly mend: string;
}

/** What `sarifReport` is made of. */
export interface SarifInput {
  readonly verb: string;
  readonly toolVersion: string;
  readonly findings: readonly Finding[];
  /** What a code means; `undefined` for one that explains itself, as those of policies. */
  readonly ruleOf: (code: string) => SarifRule | undefined;
  /** Whether the verb did its work, whatever it found. */
  readonly successful: boolean;
}

/** GitHub refuses a file with more results of a run. */
const limit = 25_000;
const level: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * Findings as a SARIF log (OASIS SARIF 2.1.0), one line of JSON: for code scanning, and for editors that read it.
 *
 * A result's fingerprint stays the same when its lines move: it is made of what the finding says and of its file, and
 * of how many of the same came before it.
 */
export function sarifReport({ verb, toolVersion, findings, ruleOf, successful }: SarifInput): string {
  const sorted = sortFindings(findings);
  const shown = sorted.length <= limit ? sorted : mostSevere(sorted);
  const codes = [...new Set(shown.map(({ code }) => code))].sort();
  const indexes = new Map(codes.map((code, index) => [code, index]));
  const fingerprint = fingerprints();
  // Section 3.27.23: where one result says whether it is suppressed, all of a run do.
  const suppressing = shown.some(({ waived }) => waived !== undefined);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'idp',
            semanticVersion: toolVersion,
            rules: codes.map((code) => rule(code, ruleOf(code))),
          },
        },
        automationDetails: { id: `idp/${verb.replaceAll(' ', '-')}/` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [{ executionSuccessful: successful, ...leftOut(sorted.length - shown.length) }],
        results: shown.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: indexes.get(finding.code) ?? -1,
          level: level[finding.severity],
          message: { text: messageOf(finding) },
          locations: [shownLocation(finding)],
          ...relatedLocations(finding.related ?? []),
          partialFingerprints: { 'idpFinding/v1': fingerprint(finding) },
          ...(suppressing && { suppressions: suppressions(finding) }),
          ...properties(finding),
        })),
      },
    ],
  };
  return jsonLine(log);
}

function mostSevere(sorted: readonly Finding[]): readonly Finding[] {
  const by = (severity: Severity) => sorted.filter((finding) => finding.severity === severity);
  return sortFindings([...by('error'), ...by('warning'), ...by('info')].slice(0, limit));
}

function leftOut(count: number): JsonObject {
  if (count === 0) return {};
  const text = `${countText(count, 'finding')} left out: ${limit} are as many as code scanning takes`;
  return { toolExecutionNotifications: [{ level: 'warning', message: { text } }] };
}

function rule(code: string, known: SarifRule | undefined): Json {
  if (known === undefined) return { id: code };
  const { title, why, mend } = known;
  return {
    id: code,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${mend}`, markdown: `${why}\n\n**What to do:** ${mend}` },
  };
}

function suppressions({ waived }: Finding): Json {
  if (waived === undefined) return [];
  const location = { physicalLocation: { artifactLocation: { uri: uriOf(waived.path), uriBaseId: '%SRCROOT%' } } };
  return [{ kind: 'external', status: 'accepted', justification: visibleText(waiverText(waived)), location }];
}

function properties({ subject, environments }: Finding): JsonObject {
  const known = {
    ...(subject !== undefined && { subject: visibleText(subject) }),
    ...(environments !== undefined && { environments: environments.map(visibleText) }),
  };
  return Object.keys(known).length === 0 ? {} : { properties: known };
}

function messageOf({ message, hint }: Finding): string {
  return visibleText(hint === undefined ? message : `${message}: ${hint}`);
}

function fingerprints(): (finding: Finding) => Digest {
  const seen = new Map<string, number>();
  return (finding) => {
    const identity = identityOf(finding);
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    return digestOfJson({ finding: identity, before });
  };
}
