import { expect, it } from 'vitest';
import { isInteractive, type Surroundings } from './is-interactive.ts';

const terminal: Surroundings = { stdin: { isTTY: true }, stderr: { isTTY: true }, environment: { TERM: 'xterm' } };

it('asks on a terminal', () => {
  expect(isInteractive(terminal, 'pretty')).toBe(true);
  expect(isInteractive({ ...terminal, environment: { CI: 'false' } }, 'pretty')).toBe(true);
});

it.each([
  ['input comes from a pipe', { stdin: {} }, 'pretty'],
  ['messages go to a file', { stderr: {} }, 'pretty'],
  ['it runs in CI', { environment: { CI: 'true' } }, 'pretty'],
  ['it runs in a CI that writes 1', { environment: { CI: '1' } }, 'pretty'],
  ['the terminal is dumb', { environment: { TERM: 'dumb' } }, 'pretty'],
  ['a program reads the output', {}, 'json'],
] as const)('never asks where %s', (_, surroundings, format) => {
  expect(isInteractive({ ...terminal, ...surroundings }, format)).toBe(false);
});
