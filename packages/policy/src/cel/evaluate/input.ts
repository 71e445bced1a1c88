import type { CelInput } from '../cel-input.ts';
import { BudgetExceeded } from '../steps.ts';
import { CelError, CelMap, type CelResult, CelUnknown, type CelValue } from '../value.ts';

/** A map whose fields are made when they are read; it cannot be gone through. */
export class CelRecord extends CelMap {
  readonly size = 0;
  readonly #field: (name: string) => CelInput | undefined;

  constructor(field: (name: string) => CelInput | undefined) {
    super();
    this.#field = field;
  }

  get(key: CelValue): CelResult | undefined {
    const input = typeof key === 'string' ? this.#field(key) : undefined;
    return input && readInput(input);
  }

  has(key: CelValue): boolean {
    return typeof key === 'string' && this.#field(key) !== undefined;
  }

  keys(): readonly CelValue[] {
    return [];
  }
}

/** The value that an expression was given, or why there is none. */
export function readInput(input: CelInput): CelResult {
  switch (input.kind) {
    case 'value':
      return input.content;
    case 'record':
      return new CelRecord(input.field);
    case 'error':
      return new CelError(input.message);
    case 'unknown':
      return new CelUnknown([input.reason]);
    case 'budget':
      throw new BudgetExceeded(input.message);
  }
}
