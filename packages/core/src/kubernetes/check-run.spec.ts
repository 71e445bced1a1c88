import { describe, expect, it } from 'vitest';
import { type Traced, traceJson } from '../provenance/traced.ts';
import type { Check } from './check.ts';
import { CheckRun } from './check-run.ts';

const value = (): Traced => traceJson({}, () => expect.fail('nobody asks for a place'));

/** A look that takes steps, and says how often somebody looked. */
function looking(steps: number, find = false) {
  const counted = { looks: 0 };
  const look: Check = (node, run) => {
    counted.looks += 1;
    for (let step = 0; step < steps; step += 1) if (run.enter()) run.leave();
    if (find) run.report('wrong-value', node, 'is wrong');
  };
  return { look, counted };
}

describe('a value that was looked at', () => {
  it('is not looked at again by the same check, in another object neither', () => {
    const { look, counted } = looking(1);
    const node = value();
    for (const run of [new CheckRun(), new CheckRun()]) run.once(node, look);
    expect(counted.looks).toBe(1);
    new CheckRun().once(value(), look);
    expect(counted.looks).toBe(2);
  });

  it('is looked at by another check, and deeper inside of another value', () => {
    const [first, second] = [looking(1), looking(1)];
    const node = value();
    new CheckRun().once(node, first.look);
    new CheckRun().once(node, second.look);
    expect([first.counted.looks, second.counted.looks]).toEqual([1, 1]);
    const run = new CheckRun();
    run.enter();
    run.once(node, second.look);
    expect(second.counted.looks).toBe(2);
  });

  it('is looked at again where it had a problem, or nobody would have heard of one', () => {
    const wrong = looking(0, true);
    const node = value();
    const runs = [new CheckRun(), new CheckRun()];
    for (const run of runs) run.once(node, wrong.look);
    expect(runs.map(({ problems }) => problems.length)).toEqual([1, 1]);
    const full = new CheckRun();
    for (let count = 0; count < 30; count += 1) full.report('wrong-value', node, 'is wrong');
    const other = value();
    full.once(other, wrong.look);
    const later = new CheckRun();
    later.once(other, wrong.look);
    expect(later.problems).toHaveLength(1);
  });

  it('takes as many steps as if it were looked at: a walk ends at the same place', () => {
    const large = looking(400_000);
    const node = value();
    const ends = () => {
      const run = new CheckRun();
      return [1, 2, 3].map(() => {
        run.once(node, large.look);
        return run.exhausted;
      });
    };
    expect(ends()).toEqual([false, false, true]);
    expect(ends()).toEqual([false, false, true]);
    // Once, then the one that ends each of the walks.
    expect(large.counted.looks).toBe(3);
  });
});
