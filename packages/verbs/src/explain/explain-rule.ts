import { type ExampleFiles, type Rule, ruleBook } from '@idp/core';
import { pageOf, ruleOf, verbRules } from '../rules.ts';
import type { Example, Explanation } from './explanation.ts';

/** The codes of findings that have a rule. */
export function ruleCodes(): readonly string[] {
  return [...ruleBook, ...verbRules].map(({ code }) => code);
}

/** What a code of the pipeline means, by the rule that its page in docs/rules is made of. */
export function explainRule(code: string): Explanation | undefined {
  const rule = ruleOf(code);
  if (rule === undefined) return undefined;
  return {
    id: code,
    code,
    what: rule.title,
    why: rule.why,
    mend: rule.mend,
    severity: rule.severity,
    page: pageOf(code),
    examples: examplesOf(rule),
    policy: undefined,
    found: undefined,
  };
}

function examplesOf({ examples, when }: Rule): readonly Example[] {
  if (examples === undefined) return when === undefined ? [] : [{ verdict: 'fails', path: '', text: when }];
  return [...filesOf('fails', examples.fails), ...filesOf('passes', examples.passes ?? {})];
}

/** The files that can be shown: bytes and links are in the page. */
function filesOf(verdict: Example['verdict'], files: ExampleFiles): readonly Example[] {
  return Object.entries(files).flatMap(([path, text]) => (typeof text === 'string' ? [{ verdict, path, text }] : []));
}
