import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const workspace = resolve(import.meta.dirname, '..');

const sources = ['packages', 'generators', 'executors', '.ci', '.env', '.dependency-cruiser.cjs'];

describe('the pages', () => {
  it('have every page and heading that a comment in the source names', () => {
    const listed = execFileSync('git', ['ls-files', '--', ...sources], { cwd: workspace, encoding: 'utf8' }).split(
      '\n',
    );
    const files = listed.filter(
      (file) => file !== '' && !file.endsWith('.spec.ts') && existsSync(join(workspace, file)),
    );
    const broken = files.flatMap((file) =>
      pagesNamed(readFileSync(join(workspace, file), 'utf8'))
        .filter(({ page, heading }) => !hasHeading(page, heading))
        .map(({ page, heading = '' }) => `${file}: ${page} ${heading}`),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(broken).toEqual([]);
  });

  it('tell the imports that the boundaries allow', () => {
    const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
    const rules: readonly { readonly name: string; readonly comment?: string }[] = config.forbidden;
    const allowed = rules.flatMap(({ name, comment = '' }) => {
      const [, folder = '', imports = ''] = /^(\S+) imports (?:only )?(.+)$/.exec(comment) ?? [];
      return name.startsWith('arrows-of-')
        ? [[folder, imports.replaceAll('packages/', '').replace(/^no other.*/, 'nothing')]]
        : [];
    });
    const rows = readFileSync(join(workspace, 'docs/architecture.md'), 'utf8').matchAll(
      /^\| `([\w/]+)` +\|[^|]+\| (.+?) +\|$/gm,
    );
    const told = new Map([...rows].map(([, folder, imports]) => [folder, imports]));
    expect(allowed.length).toBeGreaterThan(5);
    expect(allowed.map(([folder]) => [folder, told.get(folder)])).toEqual(allowed);
  });
});

/** `docs/decisions.md, "The store"`; a comment may break anywhere between words. */
function pagesNamed(text: string): readonly { readonly page: string; readonly heading: string | undefined }[] {
  const line = text.replaceAll(/\s*\n\s*(\*|\/\/|#)?\s*/g, ' ');
  return (
    [...line.matchAll(/\b(docs\/[\w/-]+\.md)(?:, "([^"]+)")?/g)]
      .map(([, page = '', heading]) => ({ page, heading }))
      // That of a capability's own folder.
      .filter(({ page }) => page !== 'docs/README.md')
  );
}

function hasHeading(page: string, heading: string | undefined): boolean {
  if (!existsSync(join(workspace, page))) return false;
  return (
    heading === undefined ||
    readFileSync(join(workspace, page), 'utf8')
      .replaceAll('`', '')
      .includes(`\n## ${heading.replaceAll('`', '')}\n`)
  );
}
