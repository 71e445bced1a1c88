import { library } from '../function-declaration.ts';
import { compileRegex, regexCost } from '../regex.ts';
import { rememberedAnswers } from '../remembered-answers.ts';
import { CelError } from '../value.ts';

/** The functions over strings and sizes of the standard library (cel-spec, "Standard Definitions"). */
export const textFunctions = library('text', {
  functions: {
    'size(string): int': { evaluate: codePoints, cost: lengthOf },
    'size(bytes): int': (bytes) => BigInt(bytes.length),
    'size(list<T>): int': (list) => BigInt(list.size),
    'size(map<K,V>): int': (map) => BigInt(map.size),
    'string.size(): int': { evaluate: codePoints, cost: lengthOf },
    'bytes.size(): int': (bytes) => BigInt(bytes.length),
    'list<T>.size(): int': (list) => BigInt(list.size),
    'map<K,V>.size(): int': (map) => BigInt(map.size),
    'string.contains(string): bool': { evaluate: (text, part) => text.includes(part), cost: lengthOf },
    'string.startsWith(string): bool': (text, part) => text.startsWith(part),
    'string.endsWith(string): bool': (text, part) => text.endsWith(part),
    'string.matches(string): bool': { evaluate: matches, cost: regexCost },
    'matches(string, string): bool': { evaluate: matches, cost: regexCost },
  },
});

/** A part of the pattern is enough, as in RE2's own `PartialMatch`. */
function matches(text: string, pattern: string): boolean | CelError {
  const regex = compileRegex(pattern);
  return regex instanceof CelError ? regex : isIn(regex, text);
}

const isIn = rememberedAnswers((regex, text) => regex.pattern.matcher(text).find());

function codePoints(text: string): bigint {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    const high = text.charCodeAt(index - 1);
    const low = text.charCodeAt(index);
    if (high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000) count -= 1;
  }
  return BigInt(count);
}

function lengthOf(text: string): number {
  return text.length >> 4;
}
