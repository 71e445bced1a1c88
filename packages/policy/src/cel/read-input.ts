import type { CelInput } from './cel-input.ts';

/** Thrown inside the engine where an expression reads what cannot be known here. */
export class UnknownRead extends Error {}

/** Thrown inside the engine where an expression reads a variable whose own evaluation failed. */
export class FailedRead extends Error {}

/**
 * Remembers that something unknown was read. CEL lets an unknown win over an error, while the engine
 * knows errors only: what it reports as an error after an unknown read is really unknown.
 */
export interface Witness {
  unknown?: string;
}

/** A map whose fields are made when they are read. The engine knows it as a message type. */
export class LazyRecord extends Map<unknown, unknown> {
  readonly #field: (name: string) => CelInput | undefined;
  readonly #witness: Witness;

  constructor(field: (name: string) => CelInput | undefined, witness: Witness) {
    super();
    this.#field = field;
    this.#witness = witness;
  }

  override get(name: unknown): unknown {
    const input = typeof name === 'string' ? this.#field(name) : undefined;
    return input && readInput(input, this.#witness);
  }

  override has(name: unknown): boolean {
    return typeof name === 'string' && this.#field(name) !== undefined;
  }
}

/** The engine's value of an input. Throws what the engine treats as an error for unknowns and failures. */
export function readInput(input: CelInput, witness: Witness): unknown {
  switch (input.kind) {
    case 'value':
      return input.content;
    case 'record':
      return new LazyRecord(input.field, witness);
    case 'error':
    case 'budget':
      throw new FailedRead(input.message);
    case 'unknown':
      witness.unknown ??= input.reason;
      throw new UnknownRead(input.reason);
  }
}
