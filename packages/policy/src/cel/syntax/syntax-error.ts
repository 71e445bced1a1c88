import type { Range } from './expression.ts';

/** Thrown inside the parser only; `parseExpression` returns it as a value. */
export class SyntaxFailure extends Error {
  readonly range: Range;
  readonly hint: string | undefined;

  constructor(message: string, range: Range, hint?: string) {
    super(message);
    this.range = range;
    this.hint = hint;
  }
}
