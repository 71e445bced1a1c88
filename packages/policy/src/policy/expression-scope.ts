import { compile } from '../cel/compile.ts';
import type { CelEnvironment, Compilation, Program } from '../cel/program.ts';
import { type Place, requiredString } from './read-fields.ts';

/** The places of a policy that hold expressions, by what the API server lets them see and wants of them. */
export type ExpressionRole = 'condition' | 'variable' | 'validation' | 'message' | 'audit';

const ALWAYS = ['object', 'oldObject', 'request', 'namespaceObject'];
const RESULTS = { condition: 'bool', variable: 'any', validation: 'bool', message: 'string', audit: 'any' } as const;

/** What the expressions of one policy can name: it grows with each of its variables. */
export class ExpressionScope {
  readonly #common: readonly string[];
  /** The variables in their order, each with its expression; nobody sees those after it. */
  readonly #variables: { readonly name: string; readonly expression: string }[] = [];
  readonly #programs: Program[] = [];

  constructor(hasParams: boolean, hostVariables: readonly string[]) {
    this.#common = [...ALWAYS, ...(hasParams ? ['params'] : []), ...hostVariables];
  }

  /** All that was compiled. */
  get programs(): readonly Program[] {
    return this.#programs;
  }

  /** Compiles the expression in a field, or reports why it cannot be. */
  compile(place: Place, key: string, role: ExpressionRole): Program | undefined {
    const expression = requiredString(place, key);
    if (expression === undefined) return undefined;
    const compilation = cached(expression, this.#environment(role));
    if (compilation.kind === 'program') {
      this.#programs.push(compilation.program);
      return compilation.program;
    }
    const { message, hint, offset, end } = compilation;
    place.log.add([...place.pointer, key], 'policy/cel-error', message, { hint, offset, end });
    return undefined;
  }

  /** As `compile`; the expressions after it may name it even when it does not compile: one mistake, one problem. */
  compileVariable(place: Place, name: string): Program | undefined {
    const program = this.compile(place, 'expression', 'variable');
    this.#variables.push({ name, expression: program?.expression ?? '' });
    return program;
  }

  /**
   * Match conditions are compiled by themselves, without `variables` (KEP-3716); a messageExpression has no authorizer
   * (the API server's validation of ValidatingAdmissionPolicies).
   */
  #environment(role: ExpressionRole): CelEnvironment {
    const hasVariables = role !== 'condition';
    return {
      variables: [
        ...this.#common,
        ...(role === 'message' ? [] : ['authorizer']),
        ...(hasVariables ? ['variables'] : []),
      ],
      records: new Map(hasVariables ? [['variables', this.#variables.map(({ name }) => name)]] : []),
      result: RESULTS[role],
    };
  }
}

/** Compilations by all that they depend on; a run compiles the same policies again for every capability that it tests. */
const compilations = new Map<string, Compilation>();
const MAXIMUM_CACHED = 20_000;

function cached(expression: string, environment: CelEnvironment): Compilation {
  const { variables, records, result } = environment;
  const key = JSON.stringify([result, variables, [...records], expression]);
  const known = compilations.get(key);
  if (known) return known;
  const compilation = compile(expression, environment);
  if (compilations.size >= MAXIMUM_CACHED) compilations.clear();
  compilations.set(key, compilation);
  return compilation;
}
