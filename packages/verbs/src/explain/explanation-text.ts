import type { Finding } from '@idp/core';
import { codeSpan, visibleText } from '@idp/report';
import { counted } from '../output/counted.ts';
import type { Example, Explanation, PolicyExplanation } from './explanation.ts';

/** Beyond so many places a list is no help. */
const mostPlaces = 10;

/** For people on a terminal. */
export function prettyExplanation(explanation: Explanation): string {
  const { id, what, why, mend } = explanation;
  const example = shownExample(explanation);
  return [
    `${visibleText(id)}: ${visibleText(what)}`,
    ...facts(explanation).map(([name, value]) => `  ${`${name}:`.padEnd(13)}${visibleText(value)}`),
    ...paragraph('Why', why),
    ...paragraph('How to mend it', mend),
    ...(example === undefined
      ? []
      : [
          '',
          titleOf(example),
          ...example.text
            .trimEnd()
            .split(/\r?\n/)
            .map(visibleText)
            .map((line) => `  ${line}`.trimEnd()),
        ]),
    ...section('Where it fails today', failing(explanation)),
    ...section('Waived', waivers(explanation)),
  ].join('\n');
}

/** For a comment or a summary: what somebody wrote stands in code. */
export function markdownExplanation(explanation: Explanation): string {
  const { id, what, why, mend } = explanation;
  const example = shownExample(explanation);
  const list = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', `**${title}**`, '', ...lines.map((line) => `- ${codeSpan(line)}`)];
  return [
    `### ${codeSpan(id)}`,
    '',
    codeSpan(what),
    '',
    ...facts(explanation).map(([name, value]) => `- ${name}: ${codeSpan(value)}`),
    ...list('Why', why === undefined ? [] : [why]),
    ...list('How to mend it', mend === undefined ? [] : [mend]),
    ...(example === undefined ? [] : ['', `**${titleOf(example)}**`, '', ...fenced(example.text)]),
    ...list('Where it fails today', failing(explanation)),
    ...list('Waived', waivers(explanation)),
    '',
  ].join('\n');
}

/** A block of code that no line of its own can close. */
function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}yaml`, ...linesOf(text), fence];
}

function linesOf(text: string): readonly string[] {
  return text.trimEnd().split(/\r?\n/).map(visibleText);
}

function facts({ severity, page, policy, examples }: Explanation): readonly (readonly [string, string])[] {
  if (policy === undefined)
    return [
      ...(severity === undefined ? [] : [['severity', severity] as const]),
      ...(page === undefined ? [] : [['page', page] as const]),
    ];
  const verdicts = (wanted: Example['verdict']): number => examples.filter(({ verdict }) => verdict === wanted).length;
  return [
    ['owner', policy.owner ?? 'nobody'],
    ['in force', inForce(policy)],
    ['waivers', policy.waivable ? `for at most ${policy.waiverDays} days` : 'none: it cannot be waived'],
    ['policy', `${policy.path}:${policy.line}`],
    ['examples', `${verdicts('fails')} that fail, ${verdicts('passes')} that pass`],
  ];
}

/** `deny in prod; nothing in dev`. */
function inForce({ isBound, actions, elsewhere }: PolicyExplanation): string {
  if (!isBound) return 'nowhere: no binding puts it in force';
  const places = [...new Set(actions.values())].map((action) => {
    const names = [...actions].flatMap(([name, its]) => (its === action ? [name] : []));
    return `${action ?? 'nothing'} in ${names.join(', ')}`;
  });
  if (elsewhere !== undefined) places.push(`${elsewhere} for what is in no environment`);
  return places.length === 0 ? 'there is no environment' : places.join('; ');
}

/** The one that shows how it should be, which is called so; where there is none, how it should not be. */
function shownExample({ examples }: Explanation): Example | undefined {
  const passing = examples.filter(({ verdict }) => verdict === 'passes');
  return passing.find(({ path }) => /\/passes\.ya?ml$/.test(path)) ?? passing[0] ?? examples[0];
}

function titleOf({ verdict, path }: Example): string {
  if (path === '') return 'It comes about when';
  return `An example that ${verdict}${path === '' ? '' : ` (${path})`}`;
}

function failing({ found }: Explanation): readonly string[] {
  if (found === undefined) return [];
  const open = found.filter(({ waived }) => waived === undefined);
  const waived = found.length - open.length;
  const count = (severity: Finding['severity']): number => open.filter((each) => each.severity === severity).length;
  if (open.length === 0) return [waived > 0 ? 'nowhere, but for what is waived' : 'nowhere'];
  const counts = `${counted(open.length, 'finding')}: ${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}, ${counted(count('info'), 'info')}`;
  const places = open.slice(0, mostPlaces).map(({ path, line, message }) => `${path}:${line}: ${message}`);
  const left = open.length - places.length;
  return [counts, ...places, ...(left > 0 ? [`and ${left} more: \`npx idp check\` has them all`] : [])];
}

function waivers({ policy }: Explanation): readonly string[] {
  return (policy?.waivers ?? []).map(({ subject, owner, reason, expires, state, covers, path }) => {
    const until = state === 'holds' ? `until ${expires}` : state === 'ended' ? `ended on ${expires}` : state;
    return `${subject} ${until} (${counted(covers, 'finding')}), by ${path} of ${owner}: ${reason}`;
  });
}

function paragraph(title: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : section(title, [text.trim()]);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${visibleText(line)}`)];
}
