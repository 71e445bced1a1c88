import { library } from '../../function-declaration.ts';
import { compileRegex, type Regex, regexCost } from '../../regex.ts';
import { rememberedAnswers } from '../../remembered-answers.ts';
import { ArrayList, CelError, CelOptional } from '../../value.ts';
import { allMatches, repeatedSearchCost } from './all-matches.ts';
import { expandReplacement } from './replacement.ts';

function withRegex<T>(pattern: string, evaluate: (regex: Regex) => T): T | CelError {
  const regex = compileRegex(pattern);
  return regex instanceof CelError ? regex : evaluate(regex);
}

function find(text: string, pattern: string): string | CelError {
  return withRegex(pattern, (regex) => {
    const matcher = regex.pattern.matcher(text);
    return matcher.find() ? (matcher.group() ?? '') : '';
  });
}

function findAll(text: string, pattern: string, limit: bigint): ArrayList | CelError {
  if (limit < 0n) return withRegex(pattern, (regex) => new ArrayList(everyMatch(regex, text)));
  return withRegex(pattern, (regex) => new ArrayList(Array.from(allMatches(regex, text, Number(limit)), wholeMatch)));
}

const everyMatch = rememberedAnswers((regex, text) => Array.from(allMatches(regex, text), wholeMatch));

function wholeMatch({ groups }: { readonly groups: readonly (string | undefined)[] }): string {
  return groups[0] ?? '';
}

const searchAll = (text: string, pattern: string): number =>
  regexCost(text, pattern) + repeatedSearchCost(text, pattern);

/** Kubernetes' regex library (apiserver, pkg/cel/library/regex.go), linear in the text as RE2 is. */
export const kubernetesRegexLibrary = library('kubernetes.regex', {
  functions: {
    'string.find(string): string': { evaluate: find, cost: regexCost },
    'string.findAll(string): list<string>': {
      evaluate: (text, pattern) => findAll(text, pattern, -1n),
      cost: searchAll,
    },
    'string.findAll(string, int): list<string>': { evaluate: findAll, cost: searchAll },
  },
});

/** The one group of the pattern, or the whole match of a pattern without groups. */
function captured(pattern: string, evaluate: (regex: Regex, group: 0 | 1) => CelOptional | ArrayList) {
  return withRegex(pattern, (regex) => {
    const groups = regex.pattern.groupCount();
    if (groups > 1) {
      return new CelError(`regular expression has more than one capturing group: ${JSON.stringify(pattern)}`);
    }
    return evaluate(regex, groups === 1 ? 1 : 0);
  });
}

function extract(text: string, pattern: string): CelOptional | CelError {
  const result = captured(pattern, (regex, group) => {
    const matcher = regex.pattern.matcher(text);
    if (!matcher.find()) return CelOptional.none;
    const part = matcher.group(group) ?? '';
    return group === 1 && part === '' ? CelOptional.none : CelOptional.of(part);
  });
  return result instanceof ArrayList ? CelOptional.none : result;
}

function extractAll(text: string, pattern: string): ArrayList | CelError {
  const result = captured(pattern, (regex, group) => {
    const parts = Array.from(allMatches(regex, text), ({ groups }) => groups[group] ?? '');
    return new ArrayList(group === 1 ? parts.filter((part) => part !== '') : parts);
  });
  return result instanceof CelOptional ? new ArrayList([]) : result;
}

function replace(text: string, pattern: string, replacement: string, limit: bigint): string | CelError {
  if (limit === 0n) return text;
  const most = limit < 0n ? Number.POSITIVE_INFINITY : Number(limit);
  return withRegex(pattern, (regex) => {
    const parts: string[] = [];
    let position = 0;
    for (const match of allMatches(regex, text, most)) {
      parts.push(text.slice(position, match.start), expandReplacement(replacement, match.groups));
      position = match.end;
    }
    return parts.join('') + text.slice(position);
  });
}

/** Each match can grow to the replacement, in which each reference can be the whole text. */
function replacing(text: string, pattern: string, replacement: string): number {
  const references = replacement.split('\\').length - 1;
  return searchAll(text, pattern) + (text.length * (replacement.length + references * text.length)) / 256;
}

/** cel-go's regex library (ext/regex.go). */
export const regexLibrary = library('cel.lib.ext.regex', {
  functions: {
    'regex.extract(string, string): optional<string>': { evaluate: extract, cost: regexCost },
    'regex.extractAll(string, string): list<string>': { evaluate: extractAll, cost: searchAll },
    'regex.replace(string, string, string): string': {
      evaluate: (text, pattern, replacement) => replace(text, pattern, replacement, -1n),
      cost: replacing,
    },
    'regex.replace(string, string, string, int): string': { evaluate: replace, cost: replacing },
  },
});
