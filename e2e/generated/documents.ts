import { jsonSchemas, type Rule, ruleBook } from '@idp/core';
import { verbRules } from '@idp/verbs';
import { celFunctionsPage } from './cel-functions-page.ts';
import { formatPage, generatedNote } from './format-page.ts';
import { formats } from './json-schemas.ts';
import { policyPages } from './policy-pages.ts';
import { rulePage } from './rule-page.ts';

const rules: readonly Rule[] = [...ruleBook, ...verbRules];

/** Folders that hold nothing but what is generated. */
export const generatedFolders = ['schemas', 'docs/formats', 'docs/rules', 'docs/policies'];

/** Everything that `npm run docs` writes, by path. */
export function documents(): ReadonlyMap<string, string> {
  return new Map([
    ...jsonSchemas(),
    ...formats.map((format) => [`docs/formats/${format.name}.md`, formatPage(format)] as const),
    ['docs/formats/README.md', formatsIndex()],
    ...rules.map((rule) => [`docs/rules/${rule.code}.md`, rulePage(rule)] as const),
    ['docs/rules/README.md', rulesIndex()],
    ...policyPages(),
    ['docs/cel-functions.md', celFunctionsPage()],
  ]);
}

function formatsIndex(): string {
  return [
    generatedNote,
    '# Formats of our own',
    '',
    "What no standard covers. Everything else is the standard's: Score, the Backstage descriptor format, Kubernetes.",
    '',
    '| format | files | |',
    '|---|---|---|',
    ...formats.map(({ name, files, about }) => `| [${name}](${name}.md) | ${files} | ${about} |`),
    '',
  ].join('\n');
}

function rulesIndex(): string {
  const stages = [...new Set(rules.map(stageOf))];
  return [
    generatedNote,
    '# Rules',
    '',
    'Every code that a finding can have. Its page says why, shows an example with its message, and how to mend it.',
    "A policy's findings are `policy/<name>`: the guardrails that are shipped have pages of their own, docs/policies.",
    '',
    ...stages.flatMap((stage) => [
      `## ${stage}`,
      '',
      ...rules
        .filter((rule) => stageOf(rule) === stage)
        .map(({ code, title, severity }) => `- [${code}](${code}.md) (${severity}): ${title}`),
      '',
    ]),
  ].join('\n');
}

function stageOf({ code }: Rule): string {
  return code.slice(0, code.indexOf('/'));
}
