import type { Finding } from '@idp/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFinding, obeyedByTerminals } from '../testing/hostile.ts';
import { checkRunRequests } from './check-run-requests.ts';

interface Request {
  readonly output: { readonly title: string; readonly summary: string; readonly annotations: readonly Annotation[] };
  readonly status?: string;
  readonly conclusion?: string;
}
type Annotation = Readonly<Record<string, string | number>>;

const requestsOf = (findings: readonly Finding[], successful = false): readonly Request[] =>
  JSON.parse(checkRunRequests(findings, successful));
const many = (count: number): readonly Finding[] =>
  Array.from({ length: count }, (_, index) => ({
    code: 'a/b',
    severity: index === count - 1 ? 'error' : 'warning',
    message: `m ${index}`,
  }));

describe('checkRunRequests', () => {
  it('is one request that ends the run where nothing was found', () => {
    expect(requestsOf([], true)).toEqual([
      {
        output: { title: 'no findings', summary: '### Findings: no findings\n', annotations: [] },
        status: 'completed',
        conclusion: 'success',
      },
    ]);
  });

  it('sends 50 annotations a request, the gravest first, and ends the run with the last', () => {
    const requests = requestsOf(many(120));
    expect(requests.map(({ output }) => output.annotations.length)).toEqual([50, 50, 20]);
    expect(requests.map(({ conclusion }) => conclusion)).toEqual([undefined, undefined, 'failure']);
    expect(requests[0]?.output.annotations[0]).toMatchObject({ annotation_level: 'failure', message: 'm 119' });
  });

  it('annotates the place, with columns only for a range on one line', () => {
    const finding = { code: 'a/b', severity: 'error', message: 'm', hint: 'h', path: 'f', line: 5, column: 2 } as const;
    const annotationOf = (added: Partial<Finding>) => requestsOf([{ ...finding, ...added }])[0]?.output.annotations[0];
    expect(annotationOf({ endLine: 5, endColumn: 9 })).toEqual({
      path: 'f',
      start_line: 5,
      end_line: 5,
      start_column: 2,
      end_column: 9,
      annotation_level: 'failure',
      title: 'a/b',
      message: 'm\nh',
    });
    expect(annotationOf({ endLine: 7, endColumn: 1 })).not.toHaveProperty('start_column');
    expect(requestsOf([{ code: 'a/b', severity: 'info', message: 'm' }])[0]?.output.annotations[0]).toMatchObject({
      path: 'idp.yaml',
      start_line: 1,
      annotation_level: 'notice',
    });
  });

  it('has what is waived in its summary only', () => {
    const waived = { path: 'policies/waivers/a.yaml', reason: 'legacy' };
    const [request] = requestsOf([{ code: 'a/b', severity: 'info', message: 'm', waived }], true);
    expect(request?.output.annotations).toEqual([]);
    expect(request?.output.summary).toContain('#### Waived (1)');
  });

  it('says what a thousand annotations leave out', () => {
    const requests = requestsOf(many(1_003));
    expect(requests).toHaveLength(20);
    expect(requests[0]?.output.summary).toMatch(/^3 causes not annotated\./);
  });

  it('keeps within the limits of GitHub for any findings', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 8 }), (findings) => {
        const text = checkRunRequests(findings, false);
        expect(text).not.toMatch(obeyedByTerminals);
        for (const { output } of requestsOf(findings)) {
          expect(output.summary.length).toBeLessThan(65_535);
          for (const annotation of output.annotations) {
            expect(String(annotation['title']).length).toBeLessThanOrEqual(255);
            expect(Number(annotation['end_line'])).toBeGreaterThanOrEqual(Number(annotation['start_line']));
            if (annotation['start_column'] !== undefined) {
              expect(annotation['end_line']).toBe(annotation['start_line']);
              expect(Number(annotation['end_column'])).toBeGreaterThanOrEqual(Number(annotation['start_column']));
            }
          }
        }
      }),
    );
  });
});
