import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { callBin } from './testing/run-bin.ts';

it('every capability of the reference company passes the test that its producers run', async () => {
  const { code, stdout } = await callBin(resolve(import.meta.dirname, '..'), ['test', '--format=json']);
  const { summary, fixtures, findings } = JSON.parse(stdout);
  const failed = fixtures.filter((fixture: { readonly passed: boolean }) => !fixture.passed);
  expect({ findings, failed, code }).toEqual({ findings: [], failed: [], code: 0 });
  expect(summary.fixtures).toBeGreaterThanOrEqual(summary.capabilities);
});
