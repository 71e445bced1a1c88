import type { Environment } from '@marcbachmann/cel-js';
import { type CompiledPattern, compilePattern } from '../../regex/compile-pattern.ts';
import { chargeRunning } from '../meter.ts';
import { LINEAR_MATCHES } from '../survey.ts';

const MAXIMUM_REMEMBERED = 500;
const patterns = new Map<string, CompiledPattern>();

/** `matches` in RE2's syntax and in linear time, as a method and as a function. */
export function registerMatches(engine: Environment): void {
  engine.registerFunction(`string.${LINEAR_MATCHES}(string): bool`, matches, { async: false });
  engine.registerFunction('matches(string, string): bool', matches, { async: false });
}

function matches(text: string, pattern: string): boolean {
  const compiled = patterns.get(pattern) ?? remember(pattern);
  if (compiled.kind === 'error') throw new Error(`matches(): ${compiled.message} in ${JSON.stringify(pattern)}`);
  // Linear is not free: a long text pays for each character, as it does for each element of a loop.
  chargeRunning(Math.ceil((text.length * compiled.size) / 16));
  return compiled.test(text);
}

function remember(pattern: string): CompiledPattern {
  const compiled = compilePattern(pattern);
  // Patterns can be computed from input, so that what is remembered has a bound.
  if (patterns.size >= MAXIMUM_REMEMBERED) patterns.clear();
  patterns.set(pattern, compiled);
  return compiled;
}
