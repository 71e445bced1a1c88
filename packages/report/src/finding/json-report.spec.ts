import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFinding, hostileText, obeyedByTerminals } from '../testing/hostile.ts';
import { jsonReport } from './json-report.ts';

describe('jsonReport', () => {
  it('is one object on one line, its keys in a fixed order', () => {
    const text = jsonReport({
      services: [{ name: 'checkout' }],
      findings: [
        {
          severity: 'error',
          related: [{ message: 'm', path: 'b' }],
          path: 'a',
          message: 'no',
          line: 1,
          column: 2,
          code: 'a/b',
          waived: { owner: 'group:sre', path: 'w', reason: 'r' },
          cause: 'c',
          environments: ['prod'],
        },
      ],
      summary: { services: 1 },
      verb: 'validate',
    });
    expect(text).toBe(
      '{"version":1,"verb":"validate","summary":{"errors":0,"warnings":0,"infos":0,"waived":1,"services":1},"findings":[{"code":"a/b","severity":"error","message":"no","path":"a","line":1,"column":2,"related":[{"path":"b","message":"m"}],"environments":["prod"],"cause":"c","waived":{"path":"w","reason":"r","owner":"group:sre"}}],"services":[{"name":"checkout"}]}\n',
    );
  });

  it('keeps every value exact and shows no character that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 3 }), hostileText, (findings, note) => {
        const text = jsonReport({ verb: 'check', summary: {}, findings, note });
        expect(text.slice(0, -1)).not.toMatch(/\n|##\[/);
        expect(text).not.toMatch(obeyedByTerminals);
        const parsed: unknown = JSON.parse(text);
        expect(parsed).toMatchObject({ version: 1, verb: 'check', note });
        expect(parsed).toHaveProperty(
          'findings',
          expect.arrayContaining(findings.map((finding) => expect.objectContaining(finding))),
        );
      }),
    );
  });
});
