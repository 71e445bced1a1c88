import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadScript } from '../bin/load-script.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'idp-script-'));
  writeFileSync(join(folder, 'main.cjs'), 'exports.twice = (n) => { const double = (m) => 2 * m; return double(n); };');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A run that took so many milliseconds, and what it left. */
function run(took: number, use = 'check'): Buffer | undefined {
  const { exports, keep } = loadScript(join(folder, 'main.cjs'), use, () => took);
  expect((exports as { twice: (n: number) => number }).twice(21)).toBe(42);
  keep();
  const kept = readdirSync(folder).find((name) => name.startsWith(`main.${use}.`));
  return kept === undefined ? undefined : readFileSync(join(folder, kept));
}

describe('the compilation that is kept beside a script', () => {
  it('is that of the first run, until one takes half as long', () => {
    const first = run(40_000);
    expect(run(30_000)).toEqual(first);
    const short = run(1_000);
    expect(short).not.toEqual(first);
    expect(run(600)).toEqual(short);
    expect(run(40_000)).toEqual(short);
  });

  it('is made anew where it is no such thing', () => {
    const length = run(1_000)?.length ?? 0;
    const [kept = ''] = readdirSync(folder).filter((name) => name.endsWith('.compiled'));
    for (const broken of ['', 'abc', 'a longer text that V8 refuses']) {
      writeFileSync(join(folder, kept), broken);
      expect(run(900)?.length).toBeGreaterThan(length / 2);
    }
  });
});
