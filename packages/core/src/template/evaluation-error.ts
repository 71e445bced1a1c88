import type { Position } from '../finding/finding.ts';

/** A checked template cannot be rendered with the values at hand; whoever renders it makes a finding of it. */
export class EvaluationError extends Error {
  override readonly name: string = 'EvaluationError';
  /** Of the finding. */
  readonly code: string;
  readonly position: Position;
  /** `undefined`: what to do depends on what the template is for. */
  readonly hint: string | undefined;
  constructor(code: string, message: string, position: Position, hint?: string) {
    super(message);
    this.code = code;
    this.position = position;
    this.hint = hint;
  }
}

/** A template asked for a value that is not there. */
export class UndefinedValue extends EvaluationError {
  override readonly name = 'UndefinedValue';
  constructor(path: string, position: Position) {
    super('template/undefined-value', `${path} has no value here`, position);
  }
}
