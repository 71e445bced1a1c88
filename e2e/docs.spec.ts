import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mermaidProblems, yamlProblems } from './testing/document-problems.ts';
import { anchorsOf, type CodeBlock, codeBlocks, localLinks, withoutBlocks } from './testing/markdown.ts';
import { type PlatformRepository, platformRepository, temporaryFolder } from './testing/platform-repository.ts';
import { callBin, environment, type Ran } from './testing/run-bin.ts';
import { toolsFolder } from './testing/runner.ts';
import { missingLine, sessionOf } from './testing/session.ts';

const workspace = resolve(import.meta.dirname, '..');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(workspace, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** Commands of the documents that are not run here, and why. All others are, in order, in one platform repository a document. */
const notRun = new Map([
  ['npm ci', 'the network; .ci/run begins with it'],
  ['npm install', 'the network'],
  ['npm test', 'it runs this test'],
  ['npm run quickstart', 'e2e/quickstart.spec.ts runs it'],
  ['npm run --silent quickstart', 'e2e/quickstart.spec.ts records what it prints'],
  ['npx nx run checkout:test', "the service's own packages come from the network"],
]);

describe.each(documents)('%s', (file) => {
  const markdown = readFileSync(join(workspace, file), 'utf8');

  it('links to files and headings that exist', () => {
    const broken = localLinks(markdown).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? join(workspace, file) : join(workspace, dirname(file), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names files and folders that exist', () => {
    const named = [
      ...withoutBlocks(markdown).matchAll(
        /`((?:packages|e2e|generators|executors|capabilities|policies|\.github|\.ci)\/[\w./-]+)`/g,
      ),
    ];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(join(workspace, path)))).toEqual([]);
  });

  it('shows code that is true', async () => {
    const blocks = codeBlocks(markdown);
    const repository = blocks.some(
      ({ language, attributes }) => isSession(language) || attributes['file'] !== undefined,
    )
      ? await openRepository()
      : undefined;
    const problems: string[] = [];
    for (const block of blocks)
      problems.push(...(await problemsOf(block, repository)).map((problem) => `${file}:${block.line}: ${problem}`));
    expect(problems).toEqual([]);
    if (blocks.some(({ attributes }) => attributes['file'] !== undefined))
      expect(await repository?.platform.idp('validate')).toMatchObject({ code: 0 });
  });
});

describe('a page that is not true is seen:', () => {
  const block = (info: string, text: string): CodeBlock => {
    const [parsed] = codeBlocks(`\`\`\`${info}\n${text}\n\`\`\``);
    if (parsed === undefined) throw new Error('this is no code block');
    return parsed;
  };

  it.each([
    ['a language that nobody checks', 'toml', 'a = 1', 'no test knows code of the language "toml"'],
    ['a code block without a language', '', 'npx idp validate', 'no test knows code of the language ""'],
    ['a command that is shown as text', 'text', '  npx idp validate', '  npx idp validate'],
    ['an excerpt that is not there', 'text from=README.md', 'No such line', 'README.md does not have "No such line"'],
    ['an arrow to nowhere', 'mermaid', 'flowchart LR\n  a -->', 'not understood: a -->'],
    ['a field that a kind lacks', 'yaml', environmentWith('promote: automatic'), '"promote" is not a field here'],
    ['a kind that nobody knows', 'yaml', 'kind: Secret', 'no test knows the kind Secret: write it to a file by file=…'],
  ])('%s', async (_, language, text, problem) => {
    expect(await problemsOf(block(language, text), undefined)).toContain(problem);
  });

  it('a line that is not printed, and an exit code that is another', async () => {
    const repository = await openRepository();
    const right = block('console', '$ echo one two # exits with 0\none …\n$ false # exits with 1');
    expect(await problemsOf(right, repository)).toEqual([]);
    const wrong = block('console', '$ echo one two\ntwo\n$ false');
    expect(await problemsOf(wrong, repository)).toEqual([
      'echo one two: does not print "two"\none two\n',
      'false: ended with 1\n',
    ]);
  });
});

function environmentWith(field: string): string {
  return `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: qa }
spec: { targets: [{ name: eu, cluster: qa-eu }], ${field} }`;
}

it('leaves out no command that no page has', () => {
  const shown = documents
    .flatMap((file) => codeBlocks(readFileSync(join(workspace, file), 'utf8')))
    .flatMap(({ language, text }) => (isSession(language) ? sessionOf(language, text) : []))
    .flatMap(({ command }) => command.split(' && '));
  expect([...notRun.keys()].filter((command) => !shown.includes(command))).toEqual([]);
});

function isSession(language: string): boolean {
  return language === 'sh' || language === 'console';
}

interface Opened {
  readonly platform: PlatformRepository;
  readonly path: string;
}

async function openRepository(): Promise<Opened> {
  const platform = await platformRepository(['services', 'nx.json', 'tsconfig.base.json', '.env', '.gitignore']);
  symlinkSync(join(workspace, 'node_modules'), join(platform.root, 'node_modules'));
  appendFileSync(join(platform.root, '.git/info/exclude'), 'node_modules\n.nx\n');
  const tools = await toolsFolder(await temporaryFolder());
  return { platform, path: `${tools}${delimiter}${process.env['PATH'] ?? ''}` };
}

async function problemsOf(block: CodeBlock, opened: Opened | undefined): Promise<readonly string[]> {
  const { language, text, attributes } = block;
  const file = attributes['file'];
  if (file !== undefined) {
    await opened?.platform.write(file, text);
    return [];
  }
  switch (language) {
    case 'sh':
    case 'console':
      return opened === undefined ? ['there is no repository to run it in'] : runSession(block, opened);
    case 'yaml':
      return yamlProblems(text);
    case 'mermaid':
      return mermaidProblems(text);
    case 'text':
      if (attributes['from'] !== undefined) return excerptProblems(text, attributes['from']);
      // A picture or a program's words; a command would have to be run.
      return text.split('\n').filter((line) => /^\s*(\$ |npx |npm |git |idp )/.test(line));
    default:
      return [`no test knows code of the language "${language}"`];
  }
}

/** An excerpt of another page, which a test of its own keeps true. */
function excerptProblems(text: string, from: string): readonly string[] {
  const stdout = readFileSync(join(workspace, from), 'utf8');
  const output = text.split('\n').filter((line) => line.trim() !== '');
  const missing = missingLine({ command: from, exit: 0, output }, { code: 0, stdout, stderr: '' });
  return missing === undefined ? [] : [`${from} does not have ${JSON.stringify(missing)}`];
}

async function runSession({ language, text }: CodeBlock, opened: Opened): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const session of sessionOf(language, text)) {
    const { command } = session;
    if (command.split(' && ').every((part) => notRun.has(part))) continue;
    const ran = await runCommand(command, opened);
    const missing = missingLine(session, ran);
    if (ran.code !== session.exit) problems.push(`${command}: ended with ${ran.code}\n${ran.stdout}${ran.stderr}`);
    else if (missing !== undefined)
      problems.push(`${command}: does not print ${JSON.stringify(missing)}\n${ran.stdout}${ran.stderr}`);
  }
  return problems;
}

async function runCommand(command: string, opened: Opened): Promise<Ran> {
  // A command that is nothing but the bin's: bash still reads its words.
  const [, words] = /^npx idp ((?:'[^']*'|[^'`;&|<>()])*)$/.exec(command) ?? [];
  if (words === undefined) return runInBash(command, opened);
  const { stdout } = await runInBash(`printf '%s\\0' ${words}`, opened);
  return callBin(opened.platform.root, stdout.split('\0').slice(0, -1));
}

function runInBash(script: string, { platform, path }: Opened): Promise<Ran> {
  const env = { ...environment, PATH: path, CI: 'true', NX_DAEMON: 'false' };
  return new Promise((done) => {
    execFile('bash', ['-e', '-c', script], { cwd: platform.root, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    ).stdin?.end();
  });
}
