import type { FieldPattern } from './field-pattern.ts';
import type { Waiver } from './waiver.ts';

/** Whether there may be something that both waivers cover. */
export function overlaps(one: Waiver, other: Waiver): boolean {
  const [here, there] = [one.document.spec.subject, other.document.spec.subject];
  return (
    one.policy === other.policy &&
    one.subject === other.subject &&
    meet(here.resource, there.resource, (a, b) => a === b) &&
    meet(here.container, there.container, (a, b) => a === b) &&
    meet(here.environments, there.environments, (a, b) => a.some((name) => b.includes(name))) &&
    meet(one.path, other.path, startTheSame)
  );
}

/** What is not named means everything. */
function meet<T>(one: T | undefined, other: T | undefined, test: (one: T, other: T) => boolean): boolean {
  return one === undefined || other === undefined || test(one, other);
}

function startTheSame(one: FieldPattern, other: FieldPattern): boolean {
  return one.every((step, position) => (other[position] ?? step).name === step.name);
}
