import {
  decodeText,
  type ExampleFile,
  type ExampleFiles,
  evaluatePlatform,
  loadPlatform,
  type Rule,
  type Snapshot,
} from '@idp/core';
import { prettyFindings } from '@idp/report';
import { examplePlatform } from '../../packages/core/src/testing/example-platform.ts';
import { generatedNote } from './format-page.ts';

/** A rule's page: why, an example with the message that it really gives, how to mend it. */
export function rulePage(rule: Rule): string {
  return [
    generatedNote,
    `# ${rule.code}`,
    '',
    `${rule.title}. (${rule.severity})`,
    '',
    '## Why',
    '',
    rule.why,
    '',
    ...failing(rule),
    '## How to mend it',
    '',
    rule.mend,
    '',
    ...passing(rule),
  ].join('\n');
}

function failing({ examples, when }: Rule): readonly string[] {
  if (examples === undefined) return ['## When', '', when ?? '', ''];
  const snapshot = examplePlatform(examples.fails);
  const { findings } = evaluatePlatform(loadPlatform(snapshot));
  const message = prettyFindings(findings, { colour: false, readLine: lineReader(snapshot) }).trimEnd();
  return ['## An example', '', ...filesText(examples.fails), 'says', '', '```text', message, '```', ''];
}

/** The files that differ from the failing ones; all of them when something is only taken away. */
function passing({ examples }: Rule): readonly string[] {
  const { fails = {}, passes = {} } = examples ?? {};
  if (Object.keys(passes).length === 0) return [];
  const mended = Object.entries(passes).filter(([path, file]) => fails[path] !== file);
  return ['## As it should be', '', ...filesText(mended.length === 0 ? passes : Object.fromEntries(mended))];
}

function filesText(files: ExampleFiles): readonly string[] {
  return Object.entries(files).flatMap(([path, file]) => [`\`${path}\``, '', ...fileText(path, file), '']);
}

const longest = 60;

function fileText(path: string, file: ExampleFile): readonly string[] {
  if (file === null) return ['(is not there)'];
  if (file instanceof Uint8Array)
    return [`(bytes: ${[...file].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')})`];
  if (typeof file !== 'string')
    return [file.mode === '120000' ? `(a symbolic link to \`${file.content}\`)` : '(the commit of another repository)'];
  if (file.split('\n').length > longest) return [`(${file.length} bytes)`];
  return [`\`\`\`${path.endsWith('.json') ? 'json' : 'yaml'}`, file.trimEnd(), '```'];
}

function lineReader(snapshot: Snapshot): (path: string, line: number) => string | undefined {
  return (path, line) => {
    const bytes = snapshot.entry(path)?.mode === '100644' ? snapshot.read(path) : undefined;
    return bytes && decodeText(bytes)?.split('\n')[line - 1];
  };
}
