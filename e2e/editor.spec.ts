import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './testing/language-server.ts';
import { platformRepositoryIn } from './testing/platform-repository.ts';

/** What an editor shows of the files that name their schema, by the YAML language server that editors use. */
describe('an editor with a YAML language server', () => {
  let folder: string;
  let editor: Editor;
  let root: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-editor-'));
    ({ root } = await platformRepositoryIn(folder, ['schemas']));
    editor = await openEditor(root);
  });
  afterAll(async () => {
    editor.close();
    await rm(folder, { recursive: true, force: true });
  });

  const files = [
    'idp.yaml',
    'environments/dev.yaml',
    'environments/prod.yaml',
    'capabilities/postgres/capability.yaml',
  ];

  it.each(files)('has nothing to say of %s', async (path) => {
    expect(await editor.diagnostics(path)).toEqual([]);
  });

  it.each(files)('sees a misspelt field of %s on its line', async (path) => {
    const text = (await readFile(join(root, path), 'utf8')).replace(/^spec:$/m, 'spec:\n  misspelt: 1');
    const line = text.split('\n').indexOf('  misspelt: 1');
    const found = await editor.diagnostics(path, text);
    expect(found.map(({ range, message }) => [range.start.line, message.includes('misspelt')])).toEqual([[line, true]]);
  });

  it('offers the fields and the values that a schema knows', async () => {
    const text = await readFile(join(root, 'capabilities/postgres/capability.yaml'), 'utf8');
    const [head] = text.split(/^spec:$/m);
    const path = 'capabilities/postgres/capability.yaml';
    const open = `${head}spec:\n  `;
    await editor.diagnostics(path, open);
    const lines = open.split('\n');
    const fields = await editor.completions(path, lines.length - 1, 2);
    expect(fields).toEqual(expect.arrayContaining(['owner', 'lifecycle', 'parameters', 'outputs']));
    await editor.diagnostics(path, `${open}lifecycle: `);
    const values = await editor.completions(path, lines.length - 1, '  lifecycle: '.length);
    expect(values).toEqual(expect.arrayContaining(['experimental', 'production', 'deprecated']));
  });
});
