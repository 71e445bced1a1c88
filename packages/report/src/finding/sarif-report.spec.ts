import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Finding } from '@idp/core';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFinding, obeyedByTerminals } from '../testing/hostile.ts';
import { sarifReport } from './sarif-report.ts';

/** OASIS's own schema, in the package that carries it; it is of draft 4, of which it uses nothing that later drafts changed. */
const {
  id: _,
  $schema: __,
  ...sarifSchema
} = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
    'utf8',
  ),
) as Record<string, unknown>;
const valid = addFormats
  .default(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }))
  .compile(sarifSchema);

const finding: Finding = {
  code: 'catalog/unresolved-reference',
  severity: 'error',
  message: 'spec.owner names "group:default/team-x", which does not exist',
  hint: 'did you mean "group:default/team-y"?',
  path: 'services/my shop/a:b.yaml',
  line: 3,
  column: 5,
  endLine: 3,
  endColumn: 9,
  subject: 'component:default/checkout',
  related: [{ path: 'catalog/teams.yaml', line: 2, message: 'the nearest' }],
};
const log = (findings: readonly Finding[]) =>
  JSON.parse(
    sarifReport({
      verb: 'g service',
      toolVersion: '1.2.3',
      findings,
      successful: true,
      ruleOf: (code) =>
        code === finding.code ? { title: 'References resolve', why: 'Or hours go.', mend: 'Mend it.' } : undefined,
    }),
  );

describe('sarifReport', () => {
  it('says what, where, and what to do', () => {
    expect(log([finding])).toMatchInlineSnapshot(`
      {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [
          {
            "automationDetails": {
              "id": "idp/g-service/",
            },
            "columnKind": "utf16CodeUnits",
            "invocations": [
              {
                "executionSuccessful": true,
              },
            ],
            "originalUriBaseIds": {
              "%SRCROOT%": {
                "description": {
                  "text": "The root of the repository.",
                },
              },
            },
            "results": [
              {
                "level": "error",
                "locations": [
                  {
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "services/my%20shop/a%3Ab.yaml",
                        "uriBaseId": "%SRCROOT%",
                      },
                      "region": {
                        "endColumn": 9,
                        "endLine": 3,
                        "startColumn": 5,
                        "startLine": 3,
                      },
                    },
                  },
                ],
                "message": {
                  "text": "spec.owner names "group:default/team-x", which does not exist: did you mean "group:default/team-y"?",
                },
                "partialFingerprints": {
                  "idpFinding/v1": "sha256:f68e1a94d266392147e45ef8dfe5e6684c1ddf8f9d698efb9589434f21cca81e",
                },
                "properties": {
                  "subject": "component:default/checkout",
                },
                "relatedLocations": [
                  {
                    "id": 0,
                    "message": {
                      "text": "the nearest",
                    },
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "catalog/teams.yaml",
                        "uriBaseId": "%SRCROOT%",
                      },
                      "region": {
                        "endLine": 2,
                        "startLine": 2,
                      },
                    },
                  },
                ],
                "ruleId": "catalog/unresolved-reference",
                "ruleIndex": 0,
              },
            ],
            "tool": {
              "driver": {
                "name": "idp",
                "rules": [
                  {
                    "fullDescription": {
                      "text": "Or hours go.",
                    },
                    "help": {
                      "markdown": "Or hours go.

      **What to do:** Mend it.",
                      "text": "Or hours go.

      Mend it.",
                    },
                    "id": "catalog/unresolved-reference",
                    "shortDescription": {
                      "text": "References resolve.",
                    },
                  },
                ],
                "semanticVersion": "1.2.3",
              },
            },
          },
        ],
        "version": "2.1.0",
      }
    `);
  });

  it.each([
    ['a place of one line', { line: 3 }, { startLine: 3, endLine: 3 }],
    ['an end before the start', { line: 3, endLine: 2, column: 1 }, { startLine: 3 }],
    [
      'a range over many lines',
      { line: 3, endLine: 5, column: 9, endColumn: 2 },
      { startLine: 3, startColumn: 9, endLine: 5, endColumn: 2 },
    ],
    ['no line', {}, undefined],
  ])('shows %s', (_name, place, region) => {
    const [result] = log([{ code: 'a/b', severity: 'info', message: 'm', path: 'f', ...place }]).runs[0].results;
    expect(result.locations[0].physicalLocation.region).toEqual(region);
  });

  it('shows what has no file at the settings of the platform, since code scanning drops it otherwise', () => {
    const [result] = log([{ code: 'a/b', severity: 'warning', message: 'm' }]).runs[0].results;
    expect(result.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: 'idp.yaml', uriBaseId: '%SRCROOT%' } } },
    ]);
  });

  it('keeps fingerprints when lines move, and tells two of a kind apart', () => {
    const prints = (findings: readonly Finding[]) =>
      log(findings).runs[0].results.map((result: { partialFingerprints: unknown }) => result.partialFingerprints);
    const moved = [finding, { ...finding, line: 8, endLine: 8 }];
    expect(prints(moved.map((one) => ({ ...one, line: (one.line ?? 0) + 40, endLine: (one.line ?? 0) + 40 })))).toEqual(
      prints(moved),
    );
    expect(new Set(prints(moved).map((print: unknown) => JSON.stringify(print))).size).toBe(2);
  });

  it('shows what is waived as accepted, with who and why, and the rest as not suppressed', () => {
    const waived = { path: 'policies/waivers/a b.yaml', reason: 'legacy', owner: 'group:sre', expires: '2027-01-31' };
    const text = log([finding, { code: 'policy/x', severity: 'info', message: 'm', environments: ['prod'], waived }]);
    expect(valid(text), JSON.stringify(valid.errors)).toBe(true);
    const results: readonly {
      readonly ruleId: string;
      readonly suppressions: unknown;
      readonly properties: unknown;
    }[] = text.runs[0].results;
    expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      [
        'policy/x',
        [
          {
            kind: 'external',
            status: 'accepted',
            justification: 'policies/waivers/a b.yaml for group:sre until 2027-01-31: legacy',
            location: {
              physicalLocation: {
                artifactLocation: { uri: 'policies/waivers/a%20b.yaml', uriBaseId: '%SRCROOT%' },
              },
            },
          },
        ],
      ],
      [finding.code, []],
    ]);
    expect(results[0]?.properties).toEqual({ environments: ['prod'] });
    expect(log([finding]).runs[0].results[0]).not.toHaveProperty('suppressions');
  });

  it('leaves out the least severe of more findings than code scanning takes, and says so', () => {
    const many = Array.from(
      { length: 25_000 },
      (_, index): Finding => ({ code: 'a/b', severity: 'info', message: `${index}` }),
    );
    const [run] = log([...many, finding]).runs;
    expect(run.results).toHaveLength(25_000);
    expect(run.results.filter((result: { level: string }) => result.level === 'error')).toHaveLength(1);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('1 finding left out');
  });

  it('is valid for any findings, and nothing of it is obeyed by a terminal', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 4 }), (findings) => {
        const text = sarifReport({
          verb: 'check',
          toolVersion: '1.0.0',
          findings,
          successful: false,
          ruleOf: () => undefined,
        });
        expect(valid(JSON.parse(text)), JSON.stringify(valid.errors)).toBe(true);
        expect(text).not.toMatch(obeyedByTerminals);
      }),
    );
  });
});
