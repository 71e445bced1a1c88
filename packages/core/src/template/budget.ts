import type { Position } from '../finding/finding.ts';
import { isList, isMap, type Traced } from '../provenance/traced.ts';
import { EvaluationError } from './evaluation-error.ts';

/** Far beyond any manifest, and a second or two of a runner: three nested loops over 2,000 items would take hours. */
const maxSteps = 1_000_000;
/** Characters; more than what an API server takes in one request (etcd, `--max-request-bytes`: 1.5 MiB). */
const maxPrinted = 2_000_000;
/** Characters that are compared or turned into text within one step. */
const charactersAStep = 10;

/** What one evaluation of a template may use. A template always ends, but a short one need not end in a lifetime. */
export class Budget {
  private steps = 0;
  private printed = 0;
  private readonly sizes = new Map<Traced, number>();

  /**
   * @param at the place of the template that takes the steps
   * @throws EvaluationError `template/too-many-steps`
   */
  take(steps: number, at: () => Position): void {
    this.steps += steps;
    if (this.steps <= maxSteps) return;
    const message = `the template takes more than ${maxSteps} steps`;
    throw new EvaluationError('template/too-many-steps', message, at(), 'nest fewer loops, or loop over less');
  }

  /** The steps of looking at whole values. */
  takeFor(values: readonly (Traced | undefined)[], at: () => Position): void {
    let characters = 0;
    for (const value of values) if (value !== undefined) characters += this.sizeOf(value);
    this.take(Math.floor(characters / charactersAStep), at);
  }

  /**
   * @param what a text, or a value that becomes text or nodes
   * @throws EvaluationError `template/too-much-text`
   */
  print(what: string | Traced, at: () => Position): void {
    this.printed += typeof what === 'string' ? what.length : this.sizeOf(what);
    if (this.printed <= maxPrinted) return;
    const message = `the template prints more than ${maxPrinted} characters`;
    throw new EvaluationError('template/too-much-text', message, at(), 'print less inside of loops');
  }

  /** About as many characters as the value's JSON has; each node has at least one. */
  private sizeOf(value: Traced): number {
    if (!isMap(value) && !isList(value)) return String(value.content).length + 1;
    const known = this.sizes.get(value);
    if (known !== undefined) return known;
    let size = 2;
    if (isMap(value)) for (const [key, item] of value.content) size += key.length + 4 + this.sizeOf(item);
    else for (const item of value.content) size += 1 + this.sizeOf(item);
    this.sizes.set(value, size);
    return size;
  }
}
