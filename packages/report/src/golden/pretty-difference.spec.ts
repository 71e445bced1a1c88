import { describe, expect, it } from 'vitest';
import { prettyDifference } from './pretty-difference.ts';

const path = 'capabilities/bucket/fixtures/small/expected/configmap-a.yaml';

describe('the difference of a golden file', () => {
  it('shows what it says and what is rendered, with the lines around', () => {
    const golden = 'a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n';
    const rendered = golden.replace('b: 2', 'b: two').replace('f: 6\n', '');
    expect(prettyDifference({ path, golden, rendered }, false)).toBe(
      `${path}\n  a: 1\n- b: 2\n+ b: two\n  c: 3\n  d: 4\n  e: 5\n- f: 6`,
    );
  });

  it('shows a file that is new, or not rendered any more, whole', () => {
    expect(prettyDifference({ path, golden: undefined, rendered: 'a: 1\n' }, false)).toBe(`${path}\n+ a: 1`);
    expect(prettyDifference({ path, golden: 'a: 1\n', rendered: undefined }, false)).toBe(`${path}\n- a: 1`);
  });

  it('cuts what is long, and says by how much', () => {
    const rendered = Array.from({ length: 100 }, (_, index) => `k${index}: 1\n`).join('');
    const lines = prettyDifference({ path, golden: undefined, rendered }, false).split('\n');
    expect(lines).toHaveLength(82);
    expect(lines.at(-1)).toBe('  … 20 more lines');
  });

  it('obeys no control character', () => {
    expect(prettyDifference({ path, golden: 'a\u001b[2J\n', rendered: '' }, false)).toBe(`${path}\n- a\\u001b[2J`);
  });
});
