import { compile } from '../cel/compile.ts';
import type { CelEnvironment, Program } from '../cel/program.ts';
import { type Place, requiredString } from './read-fields.ts';

/** Compiles the expression in a field, or reports why it cannot be. */
export function compileExpression(place: Place, key: string, environment: CelEnvironment): Program | undefined {
  const expression = requiredString(place, key);
  if (expression === undefined) return undefined;
  const compilation = compile(expression, environment);
  if (compilation.kind === 'program') return compilation.program;
  const code = compilation.notSupported ? 'policy/not-supported-yet' : 'policy/cel-error';
  const { message, hint, offset } = compilation;
  place.log.add([...place.pointer, key], code, message, { hint, offset });
  return undefined;
}
