import { type LinearPattern, linearPattern } from '../schema/linear-pattern.ts';

const compiled = new Map<string, LinearPattern>();

/**
 * A pattern of RE2, compiled once: definitions repeat a few long ones hundreds of times.
 *
 * @throws Error when it is not such an expression; the message says why
 */
export function knownPattern(pattern: string): LinearPattern {
  const before = compiled.get(pattern);
  if (before !== undefined) return before;
  const made = linearPattern(pattern);
  compiled.set(pattern, made);
  return made;
}
