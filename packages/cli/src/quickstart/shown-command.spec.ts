import { describe, expect, it } from 'vitest';
import { placesIn } from './places.ts';
import { shellWord, shownCommand } from './shown-command.ts';
import { git, idp } from './step.ts';

const places = placesIn('/tmp/tour', '/work', '/work/idp.mjs');

describe('a command as it is shown', () => {
  it('is what a person types: npx, and the variables of the first lines', () => {
    expect(shownCommand(idp(['validate', '--root=$P']), places)).toBe('npx idp validate --root=$P');
  });

  it('quotes a message with spaces behind its flag', () => {
    expect(shownCommand(git(['-C', '$P', 'commit', "--message=Don't stop"]), places)).toBe(
      "git -C $P commit --message='Don'\\''t stop'",
    );
  });

  it('quotes the variables when their folder has a space', () => {
    const spaced = placesIn('/tmp/my tour', '/work', '/work/idp.mjs');
    expect(shownCommand(git(['-C', '$P', 'log']), spaced)).toBe('git -C "$P" log');
  });
});

it('leaves a plain word as it is, and quotes an empty one', () => {
  expect([shellWord('/tmp/a-b'), shellWord('')]).toEqual(['/tmp/a-b', "''"]);
});
