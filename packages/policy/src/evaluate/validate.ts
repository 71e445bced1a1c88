import type { Action, Policy, Validation } from '../policy/policy.ts';
import { fieldPaths } from './field-paths.ts';
import type { PolicyRun } from './policy-run.ts';
import type { Request } from './request.ts';
import { asBoolean, failureOf, type Violation, violationOf } from './violation.ts';

/** Longer messages are not used (apiserver, apis/cel, MaxEvaluatedMessageExpressionSizeBytes). */
const MAXIMUM_MESSAGE_BYTES = 5 * 1024;

interface Validated {
  readonly violations: readonly Violation[];
  /** Why `messageExpression` made no message. */
  readonly noMessage?: string;
}

/** What one validation says of the object. */
export function validate(
  validation: Validation,
  policy: Policy,
  { object }: Request,
  run: PolicyRun,
  action: Action,
): Validated {
  const { program, index, reason } = validation;
  const evaluation = asBoolean(run.evaluate(program));
  if (evaluation.kind === 'value' && evaluation.content === true) return { violations: [] };
  const failedElements = evaluation.kind === 'value' ? evaluation.failedElements : [];
  const places = fieldPaths(program, failedElements, policy, object);
  const at = { validation: index, reason, fieldPaths: places };
  if (evaluation.kind !== 'value') {
    return { violations: failureOf(policy, program, evaluation, action).map((violation) => ({ ...violation, ...at })) };
  }
  const said = messageOf(validation, run);
  const violation = { ...violationOf(policy, program, 'violated', action), ...at, message: said.message };
  return { violations: [violation], ...(said.problem === undefined ? {} : { noMessage: said.problem }) };
}

/**
 * The messageExpression where it gives one line of text that is not too long, else the message, else the expression, as
 * the API server chooses among them (apiserver, admission/plugin/policy/validating, Validate).
 */
function messageOf(
  { messageProgram, message, program }: Validation,
  run: PolicyRun,
): { readonly message: string; readonly problem?: string } {
  const fallback = message ?? `failed expression: ${program.expression.trim()}`;
  if (!messageProgram) return { message: fallback };
  const evaluation = run.evaluate(messageProgram);
  // It depends on what only a cluster knows, or on steps that are gone, which is told by itself.
  if (evaluation.kind === 'unknown' || evaluation.kind === 'budget') return { message: fallback };
  if (evaluation.kind === 'error')
    return { message: fallback, problem: `it cannot be evaluated: ${evaluation.message}` };
  if (typeof evaluation.content !== 'string') return { message: fallback, problem: 'it is no text' };
  const text = evaluation.content.trim();
  if (text === '') return { message: fallback, problem: 'it is empty' };
  if (text.includes('\n')) return { message: fallback, problem: 'it has several lines' };
  if (isTooLong(text)) return { message: fallback, problem: `it is longer than ${MAXIMUM_MESSAGE_BYTES} bytes` };
  return { message: text };
}

/** In bytes of UTF-8, as Go counts. */
function isTooLong(text: string): boolean {
  if (text.length > MAXIMUM_MESSAGE_BYTES) return true;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes > MAXIMUM_MESSAGE_BYTES;
}
