import { describe, expect, it } from 'vitest';
import type { Ended } from './execute.ts';
import { narrationOn } from './narration.ts';
import { placesIn } from './places.ts';
import { runSteps } from './run-steps.ts';
import { git, idp, type Step } from './step.ts';

const places = placesIn('/tmp/tour', '/work', '/work/idp.mjs');

const tour: readonly Step[] = [
  { title: 'First', why: 'To begin.', actions: [git(['init', '$P'])] },
  {
    title: 'A mistake',
    why: 'To see it found.',
    actions: [idp(['validate'], { exit: 1, prints: ['unknown-output'] }), git(['log'], { printsOnly: '1' })],
  },
];

/** Goes through the tour with commands that end as given. */
async function take(endings: readonly Ended[]) {
  let written = '';
  const commands: string[] = [];
  const narration = narrationOn({ write: (text) => (written += text) }, false);
  const failed = await runSteps(tour, {
    places,
    narration,
    execute: async (file, argv) => {
      const ended = endings[commands.length];
      commands.push([file === process.execPath ? 'node' : file, ...argv].join(' '));
      if (ended === undefined) throw new Error('git could not be started');
      return ended;
    },
  });
  return { failed, written, commands };
}

const fine: Ended = { exit: 0, output: '' };
const found: Ended = { exit: 1, output: 'score.yaml:1:1: error  [unknown-output]\n' };

describe('the steps', () => {
  it('all run, with their variables filled in, when each does what it has to', async () => {
    const { failed, commands } = await take([fine, found, { exit: 0, output: '1\n' }]);
    expect(failed).toBeUndefined();
    expect(commands).toEqual(['git init /tmp/tour/platform', 'node /work/idp.mjs validate', 'git log']);
  });

  it('tell what a command is for, and what it printed', async () => {
    const { written } = await take([fine, found, { exit: 0, output: '1\n' }]);
    expect(written).toBe(`
1/2 First
To begin.
  $ git init $P

2/2 A mistake
To see it found.
  $ npx idp validate
    score.yaml:1:1: error  [unknown-output]
    exit code 1, as it should be
  $ git log
    1
`);
  });

  it.each([
    ['the mistake is not found', { exit: 0, output: 'no findings' }, 'ended with exit code 0, expected 1'],
    ['something else is found', { exit: 1, output: 'broken-yaml' }, 'should have printed `unknown-output`'],
    ['the command crashes', { exit: 70, output: 'unknown-output' }, 'ended with exit code 70, expected 1'],
    ['the command does not end', { exit: undefined, output: 'unknown-output' }, 'was ended before it was done'],
  ] as const)('stop when %s', async (_, ended, reason) => {
    const { failed, commands, written } = await take([fine, ended]);
    expect(failed).toEqual({ number: 2, title: 'A mistake', reason: `\`npx idp validate\` ${reason}` });
    expect(commands).toHaveLength(2);
    expect(written).toContain(ended.output);
  });

  it('stop when a command prints more than it should', async () => {
    const { failed } = await take([fine, found, { exit: 0, output: '1\n2\n' }]);
    expect(failed?.reason).toBe('`git log` should have printed `1` and nothing else');
  });

  it('stop when a program cannot be started', async () => {
    expect((await take([])).failed).toEqual({ number: 1, title: 'First', reason: 'git could not be started' });
  });
});
