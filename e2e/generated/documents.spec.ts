import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, generatedFolders } from './documents.ts';
import { fieldRows } from './format-page.ts';
import { formats } from './json-schemas.ts';

const workspace = resolve(import.meta.dirname, '../..');

describe('npm run docs', () => {
  const texts = documents();

  it('was run: every committed schema and page is as its source says', () => {
    const stale = [...texts].flatMap(([path, text]) => (committed(path) === text ? [] : [path]));
    expect(stale, 'run `npm run docs` and commit what it writes').toEqual([]);
  });

  it('leaves no file behind whose source is gone', () => {
    const there = generatedFolders.flatMap((folder) =>
      readdirSync(join(workspace, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(workspace.length + 1)
            .replaceAll('\\', '/'),
        ),
    );
    expect(there.filter((path) => !texts.has(path))).toEqual([]);
  });

  it('links only to pages that it writes', () => {
    const pages = [...texts].filter(([path]) => path.endsWith('.md'));
    const broken = pages.flatMap(([path, text]) =>
      [...text.matchAll(/\]\(([^)#\s]+)\)/g)].flatMap(([, link = '']) => {
        const target = new URL(link, `file:///${path}`).pathname.slice(1);
        return texts.has(target) ? [] : [`${path}: ${link}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('describes every field of every format', () => {
    const silent = formats.flatMap(({ name, schema }) =>
      fieldRows(JSON.parse(JSON.stringify(schema)))
        .filter(({ description }) => description === '')
        .map(({ path }) => `${name}: ${path}`),
    );
    expect(silent).toEqual([]);
  });
});

function committed(path: string): string | undefined {
  try {
    return readFileSync(join(workspace, path), 'utf8');
  } catch {
    return undefined;
  }
}
