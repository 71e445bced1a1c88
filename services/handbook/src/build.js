import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Marked } from 'marked';
import { escapeText, layout } from './layout.js';

const project = resolve(import.meta.dirname, '..');

/**
 * Builds the site: one HTML file for each Markdown file, and the files of `public` as they are.
 *
 * @param {string} into The folder to write to; what was in it is gone.
 * @param {string} from The folder that has `content` and `public`.
 * @returns {Promise<readonly object[]>} The pages, each with its `path` and `title`, in the order of the navigation.
 */
export async function buildSite(into = join(project, 'dist'), from = project) {
  await rm(into, { recursive: true, force: true });
  await cp(join(from, 'public'), into, { recursive: true });
  const content = join(from, 'content');
  const pages = await Promise.all((await markdownFiles(content)).map((name) => readPage(content, name)));
  const navigation = pages.map(({ path, title }) => ({ path, title }));
  for (const { path, title, body } of pages)
    await write(join(into, path.endsWith('/') ? `${path}index.html` : `${path}.html`), layout({ title, body, path, navigation }));
  const lost = '<h1>There is no such page</h1>\n<p><a href="/">Go to the first page</a></p>\n';
  await write(join(into, '404.html'), layout({ title: 'There is no such page', body: lost, path: '/404', navigation }));
  return navigation;
}

/** The names of all Markdown files below a folder; the first page comes first. */
async function markdownFiles(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.md'));
  const names = files.map((file) => file.split(sep).join('/')).sort();
  return names.sort((a, b) => Number(b === 'index.md') - Number(a === 'index.md'));
}

async function readPage(folder, name) {
  const markdown = await readFile(join(folder, name), 'utf8');
  const title = /^# (.+)$/m.exec(markdown)?.[1];
  if (title === undefined) throw new Error(`content/${name} has no heading of the first level: its first line should be "# …"`);
  const path = `/${name.replace(/\.md$/, '')}`.replace(/(^|\/)index$/, '$1');
  return { path, title, body: await markdownParser().parse(markdown) };
}

/** Markdown as people know it from their forge; headings can be linked to. */
function markdownParser() {
  const used = new Map();
  return new Marked({
    async: true,
    renderer: {
      heading({ tokens, depth, text }) {
        const name = text.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, '').trim().replaceAll(' ', '-');
        const count = used.get(name) ?? 0;
        used.set(name, count + 1);
        const id = count === 0 ? name : `${name}-${count}`;
        return `<h${depth} id="${escapeText(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
  });
}

async function write(file, text) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

// Also run as a program: `npm run build`.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const pages = await buildSite();
  console.log(`${pages.length} pages in dist/`);
}
