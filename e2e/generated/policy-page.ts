import { isObject, type Json, type PolicyExample, type PolicyFacts, property, stringOf } from '@idp/core';

/** A policy with all that its page says of it. */
export interface DocumentedPolicy extends PolicyFacts {
  /** The examples as they are judged, the failing ones first. */
  readonly examples: readonly PolicyExample[];
  /** What it does about a violation, by environment. */
  readonly actions: ReadonlyMap<string, string>;
  /** Why no cluster enforces it; `undefined` where one can. */
  readonly staysHere: string | undefined;
}

export const policyNote = '<!-- Written by `npm run docs`: edit the policy or its examples, not this page. -->';

/** The page of a policy: what it wants and why, how to mend it, with an example that fails and one that passes. */
export function policyPage(policy: DocumentedPolicy): string {
  const { id, source, examples, actions, staysHere } = policy;
  const [fails] = examples.filter(({ verdict }) => verdict === 'fails');
  const [passes] = examples.filter(({ verdict }) => verdict === 'passes');
  return [
    policyNote,
    `# ${id}`,
    '',
    `${text(policy.title)}.`,
    '',
    '| | |',
    '|---|---|',
    `| owner | ${(policy.owner ?? '').replace(/^group:(default\/)?/, '')} |`,
    `| judges | ${judged(policy).join(', ')} |`,
    ...[...actions].map(([environment, action]) => `| ${environment} | ${action} |`),
    `| waivers | ${policy.waivable ? `for at most ${policy.waiverDays} days` : 'none'} |`,
    `| in a cluster | ${staysHere === undefined ? 'the same, by `npx idp export policies`' : `no: ${staysHere}`} |`,
    `| file | \`${source.path}\` |`,
    '',
    '## Why',
    '',
    text(policy.rationale),
    '',
    '## How to mend it',
    '',
    text(policy.mend),
    '',
    ...(fails === undefined ? [] : shown('## What fails', fails, examples)),
    ...(passes === undefined ? [] : shown('## As it should be', passes, examples)),
  ].join('\n');
}

function shown(title: string, example: PolicyExample, all: readonly PolicyExample[]): readonly string[] {
  const messages = example.violations.map(({ message }) => message);
  const others = all.filter(({ verdict, source }) => verdict === example.verdict && source !== example.source);
  const more = [...new Set(others.map(({ source }) => `\`${fileOf(source.path)}\``))];
  const says = example.verdict === 'fails' ? [`says: ${messages.join('; ')}.`, ''] : [];
  return [
    title,
    '',
    `\`${fileOf(example.source.path)}\``,
    '',
    '```yaml',
    example.source.text.trimEnd(),
    '```',
    '',
    ...says,
    ...(more.length === 0 ? [] : [`Also: ${more.join(', ')}.`, '']),
  ];
}

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Words of a policy in a page: a place to fill in, such as <service>, is no element of HTML. */
function text(words = ''): string {
  return words.replaceAll('<', '&lt;');
}

/** `deployments`, `cronjobs`: what its rules name. */
function judged({ source, document }: PolicyFacts): readonly string[] {
  const spec = property(source.documents[document], 'spec');
  const rules = property(property(spec, 'matchConstraints'), 'resourceRules');
  const resources = (Array.isArray(rules) ? rules : []).flatMap((rule: Json) => {
    const named = isObject(rule) ? rule['resources'] : undefined;
    return (Array.isArray(named) ? named : []).map((resource: Json) => stringOf(resource) ?? '');
  });
  return [...new Set(resources)];
}
