import { Optional } from '@marcbachmann/cel-js';
import { type EngineNode, selectOf } from './engine-node.ts';

interface Checker {
  check(node: EngineNode, context: unknown): unknown;
  getType(name: string): unknown;
}
interface Evaluator {
  run(node: EngineNode, context: unknown): unknown;
}

/**
 * `has(e.f)` as cel-go has it: `e` may be any expression (cel-js takes a chain of names only), and the
 * answer is false, not an error, where `e` is null or a primitive.
 *
 * @returns the macro that the engine runs in place of its own, or `undefined` when the argument is not a field
 */
export function hasMacro(argument: EngineNode): object | undefined {
  const select = argument.op === '.' ? selectOf(argument) : undefined;
  if (!select) return undefined;
  return {
    async: false,
    typeCheck(checker: Checker, _macro: unknown, context: unknown): unknown {
      checker.check(select.operand, context);
      return checker.getType('bool');
    },
    evaluate(evaluator: Evaluator, _macro: unknown, context: unknown): boolean {
      return isPresent(evaluator.run(select.operand, context), select.field);
    },
  };
}

function isPresent(value: unknown, field: string): boolean {
  if (value instanceof Optional) return value.hasValue() && isPresent(value.value(), field);
  if (value instanceof Map) return value.has(field);
  // A map literal is a plain object in this engine.
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, field);
}
