import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'parse5';
import { buildSite } from './build.js';
import { siteServer } from './serve.js';

const project = resolve(import.meta.dirname, '..');
let folder;
let pages;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'));
  await buildSite(folder, project);
  pages = await readSite(folder);
});
after(() => rm(folder, { recursive: true, force: true }));

/** What a page has: its elements, its errors by the rules of HTML, its ids. */
async function readSite(from) {
  const files = (await readdir(from, { recursive: true })).filter((file) => file.endsWith('.html'));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const errors = [];
        const document = parse(await readFile(join(from, file), 'utf8'), {
          sourceCodeLocationInfo: true,
          onParseError: ({ code, startLine }) => errors.push(`line ${startLine}: ${code}`),
        });
        const elements = [...elementsOf(document)];
        return [`/${file.split(sep).join('/')}`, { errors, elements, ids: elements.flatMap(({ id }) => id ?? []) }];
      }),
    ),
  );
}

function* elementsOf(node) {
  if (node.tagName !== undefined) {
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    const text = node.childNodes.map((child) => child.value ?? '').join('');
    yield { name: node.tagName, attributes, text, id: attributes.id };
  }
  for (const child of node.childNodes ?? []) yield* elementsOf(child);
}

/** Where an address leads to, as nginx.conf has it. */
function fileAt(path) {
  return path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`];
}

/** The links of a site that lead nowhere, each with its page. */
async function deadLinks(from, site) {
  const files = new Set((await readdir(from, { recursive: true })).map((file) => `/${file.split(sep).join('/')}`));
  const dead = [];
  for (const [page, { elements }] of site) {
    const base = new URL(page.replace(/index\.html$/, '').replace(/\.html$/, ''), 'http://site.invalid');
    for (const { attributes } of elements) {
      const written = attributes.href ?? attributes.src;
      if (written === undefined) continue;
      const link = new URL(written, base);
      if (link.host !== base.host) continue;
      const file = fileAt(decodeURIComponent(link.pathname)).find((candidate) => files.has(candidate));
      const anchor = decodeURIComponent(link.hash.slice(1));
      if (file === undefined || (anchor !== '' && !site.get(file)?.ids.includes(anchor))) dead.push(`${page}: ${written}`);
    }
  }
  return dead;
}

test('every page is correct HTML, with one title, one main heading and a language', () => {
  assert.ok(pages.size >= 2);
  for (const [page, { errors, elements }] of pages) {
    assert.deepEqual(errors, [], page);
    for (const name of ['title', 'h1', 'main']) assert.equal(elements.filter((element) => element.name === name).length, 1, `${name} of ${page}`);
    assert.equal(elements.find(({ name }) => name === 'html')?.attributes.lang, 'en', page);
    assert.notEqual(elements.find(({ name }) => name === 'title')?.text.trim(), '', page);
  }
});

test('no id is there twice, and every picture says what it shows', () => {
  for (const [page, { elements, ids }] of pages) {
    assert.equal(new Set(ids).size, ids.length, page);
    for (const { attributes } of elements.filter(({ name }) => name === 'img')) assert.ok(attributes.alt, `a picture of ${page}`);
  }
});

test('no link of the site leads nowhere', async () => {
  assert.deepEqual(await deadLinks(folder, pages), []);
});

test('nothing is fetched from elsewhere, and there is no script in a page: the header of nginx.conf forbids both', () => {
  for (const [page, { elements }] of pages)
    for (const { name, attributes } of elements) {
      assert.notEqual(name, 'style', page);
      assert.ok(name !== 'script' || attributes.src !== undefined, page);
      const fetched = attributes.src ?? (name === 'link' ? attributes.href : undefined);
      assert.ok(fetched === undefined || !/^([a-z]+:)?\/\//i.test(fetched), `${page}: ${fetched}`);
    }
});

test('a mistake is seen', async (t) => {
  const copy = await mkdtemp(join(tmpdir(), 'site-'));
  t.after(() => rm(copy, { recursive: true, force: true }));
  for (const part of ['content', 'public']) await cp(join(project, part), join(copy, part), { recursive: true });
  await writeFile(join(copy, 'content/wrong.md'), '# Wrong\n\n[nowhere](nothing) and [no heading](/#none)\n');
  await buildSite(join(copy, 'dist'), copy);
  const dead = await deadLinks(join(copy, 'dist'), await readSite(join(copy, 'dist')));
  assert.deepEqual(dead.sort(), ['/wrong.html: /#none', '/wrong.html: nothing']);
  await writeFile(join(copy, 'content/wrong.md'), 'No heading\n');
  await assert.rejects(buildSite(join(copy, 'dist'), copy), /content\/wrong\.md has no heading/);
});

test('a laptop serves what nginx serves, and nothing beside it', async (t) => {
  const server = siteServer(folder).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const get = (path) => fetch(`http://127.0.0.1:${server.address().port}${path}`);
  const first = await get('/');
  assert.equal(first.status, 200);
  assert.match(first.headers.get('content-type') ?? '', /^text\/html/);
  assert.equal((await get('/style.css')).status, 200);
  assert.match(await (await get('/nothing')).text(), /There is no such page/);
  for (const path of ['/nothing', '/%2e%2e/package.json', '/..%2fpackage.json', '/%E0%A4%A']) assert.equal((await get(path)).status, 404, path);
});
