import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import * as policy from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The code block of a file, or the first of a language. */
function block(head: string): string {
  const found = new RegExp(`^\`\`\`${head}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme)?.[1];
  if (found === undefined) throw new Error(`README.md has no block ${head}`);
  return found;
}

it('the example of the README prints what the README says', () => {
  const code = block('js file=check.mjs');
  const imports = [...code.matchAll(/^import \{ (.*) \} from '(.*)';.*$/gm)].map(([, names, from]) => [from, names]);
  const modules = { 'node:fs': { readFileSync: fileOf }, yaml: { parseAllDocuments }, '@idp/policy': policy };
  const given = Object.fromEntries(
    imports.flatMap(([from = '', names = '']) =>
      names
        .split(', ')
        .map((name) => [name, Object.entries(Object(Reflect.get(modules, from))).find(([key]) => key === name)?.[1]]),
    ),
  );
  expect(Object.values(given).every((value) => typeof value === 'function')).toBe(true);
  const printed: string[] = [];
  const run = new Function(...Object.keys(given), 'console', code.replace(/^import .*$/gm, ''));
  run(...Object.values(given), { log: (line: string) => printed.push(line) });
  expect(`${printed.join('\n')}\n`).toBe(block('text'));
});

function fileOf(path: string): string {
  return block(`yaml file=${path}`);
}
