import type { Pointer } from '../json/pointer.ts';
import type { Traced } from '../provenance/traced.ts';

export type ProblemKind = 'unknown-field' | 'wrong-type' | 'missing-field' | 'wrong-value' | 'duplicate-key';

/** What is wrong with one value of an object. */
export interface SchemaProblem {
  readonly kind: ProblemKind;
  /** The value at fault; for a missing field, the map that it is missing in. */
  readonly node: Traced;
  readonly path: Pointer;
  /** To follow the path in a message: `has to be an integer, not text`. */
  readonly says: string;
  readonly hint?: string;
}

/** Problems of one object beyond these are not looked for: who has twenty mends them first. */
const maxProblems = 20;
/** Looks at values, of one object: a schema with choices inside of choices looks at the same value many times. */
const maxSteps = 1_000_000;
/** Choices and references inside of each other; what people write has less than 40. */
const maxDepth = 250;

/** One walk over an object: where it is, what it found, and how far it may still go. */
export class CheckRun {
  readonly problems: SchemaProblem[] = [];
  readonly path: (string | number)[] = [];
  /** Whether the walk ended before it was through. */
  exhausted = false;
  private steps = 0;
  private depth = 0;

  /** Adds a problem of the value that the walk is at, or of its child under `key`. */
  report(kind: ProblemKind, node: Traced, says: string, hint?: string, key?: string | number): void {
    if (this.problems.length >= maxProblems) return;
    const path = key === undefined ? [...this.path] : [...this.path, key];
    this.problems.push({ kind, node, path, says, ...(hint !== undefined && { hint }) });
  }

  /** Looks at the child under `key`. */
  inside(key: string | number, look: () => void): void {
    this.path.push(key);
    look();
    this.path.pop();
  }

  /** Whether the walk may look at another value, and goes one deeper when it may; `leave` comes back. */
  enter(): boolean {
    this.steps += 1;
    if (this.steps > maxSteps || this.depth >= maxDepth) this.exhausted = true;
    if (this.exhausted || this.problems.length >= maxProblems) return false;
    this.depth += 1;
    return true;
  }

  leave(): void {
    this.depth -= 1;
  }

  /**
   * Looks at a value, unless it is known that the same look found nothing in it. What that took is counted again, so that
   * a walk ends where it would end if nothing were known.
   */
  once(node: Traced, look: (node: Traced, run: CheckRun) => void): void {
    const { passed } = node;
    const known = passed?.by === look && passed.depth === this.depth && this.steps + passed.steps <= maxSteps;
    if (known && !this.exhausted && this.problems.length < maxProblems) {
      this.steps += passed.steps;
      return;
    }
    const { steps } = this;
    const found = this.problems.length;
    look(node, this);
    if (this.exhausted || this.problems.length > found || found >= maxProblems) return;
    node.passed = { by: look, depth: this.depth, steps: this.steps - steps };
  }

  /** How many problems `look` finds here; none of them is kept. */
  count(look: () => void): number {
    const before = this.problems.length;
    look();
    const found = this.problems.length - before;
    this.problems.length = before;
    return found;
  }
}
