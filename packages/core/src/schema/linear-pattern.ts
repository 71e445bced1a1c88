import { RE2JS } from 're2js';

/** Longer patterns are refused: what a match costs grows with the size of its pattern. */
const maxLength = 1000;

/** A compiled pattern, as ajv asks for one. */
export interface LinearPattern {
  test(text: string): boolean;
  /** ajv keeps patterns apart by this text. */
  toString(): string;
}

/**
 * Compiles a regular expression that somebody else wrote: it matches in time proportional to the text, whatever
 * it is, while JavaScript's own goes back and forth for ever at `^(a+)+$` (OWASP, "Regular expression denial of
 * service"). The price is RE2's syntax: no lookaround, no backreferences, at most 1,000 repetitions.
 *
 * @throws Error when it is not such an expression; the message says why
 */
export function linearPattern(pattern: string): LinearPattern {
  if (pattern.length > maxLength) throw new Error(`a pattern has more than ${maxLength} characters`);
  const compiled = compile(pattern);
  return { test: (text) => compiled.test(text), toString: () => pattern };
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : String(error);
    throw new Error(`the pattern ${JSON.stringify(pattern)} is not one of RE2: ${reason}`, { cause: error });
  }
}
