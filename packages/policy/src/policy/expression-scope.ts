import { compile, fieldMistakes } from '../cel/compile.ts';
import type { FunctionLibrary } from '../cel/function-declaration.ts';
import { LazyProgram } from '../cel/lazy-program.ts';
import type { CelEnvironment, Compilation, Program } from '../cel/program.ts';
import { type CelType, DYN, printType, type TypeProvider } from '../cel/type.ts';
import { ADMISSION_VARIABLES, withAdmissionTypes } from '../types/admission-types.ts';
import { type Place, requiredString } from './read-fields.ts';

/** The places of a policy that hold expressions, by what the API server lets them see and wants of them. */
export type ExpressionRole = 'condition' | 'variable' | 'validation' | 'message' | 'audit';

/** The types of `object`, `oldObject` and `params` where the schemas of all that they can be are known. */
export interface KnownTypes {
  readonly variables: ReadonlyMap<string, CelType>;
  readonly provider: TypeProvider;
}

/** What policies of another kind can name beside what Kubernetes has. */
export interface ScopeExtension {
  /** Tells what was compiled with it from the rest. */
  readonly name: string;
  readonly variables: ReadonlyMap<string, CelType>;
  /** All that there are, those of Kubernetes too. */
  readonly libraries: readonly FunctionLibrary[];
}

export interface ScopeOptions {
  readonly hasParams: boolean;
  readonly hostVariables: readonly string[];
  readonly types: KnownTypes | undefined;
  /** Of policies of another kind. */
  readonly extension?: ScopeExtension;
  /** Nothing is wrong with the expressions: they are compiled when they are first evaluated, and not checked. */
  readonly sound?: boolean;
}

const ALWAYS = ['object', 'oldObject', 'request', 'namespaceObject'];
const RESULTS = { condition: 'bool', variable: 'any', validation: 'bool', message: 'string', audit: 'any' } as const;
/** What the API server wants an expression to return for certain: dyn is none of them (apiserver, plugin/cel, ReturnTypes). */
const CERTAIN = {
  condition: ['bool'],
  variable: undefined,
  validation: ['bool'],
  message: ['string'],
  audit: ['string', 'null'],
} as const;
const ADMISSION_TYPES = withAdmissionTypes();

/** A variable of a policy, with its type in a cluster, and with the one that the schemas of what it reads give it. */
interface Variable {
  readonly name: string;
  readonly program: Pick<Program, 'type'>;
  readonly knownType: CelType;
}

/** What the expressions of one policy can name: it grows with each of its variables. */
export class ExpressionScope {
  readonly #common: readonly string[];
  readonly #types: KnownTypes | undefined;
  readonly #provider: TypeProvider;
  /** In their order; nobody sees those after it. */
  readonly #variables: Variable[] = [];
  readonly #programs: Program[] = [];
  #reads: ReadonlySet<string> | undefined;

  readonly #extension: ScopeExtension | undefined;
  readonly #sound: boolean;

  constructor({ hasParams, hostVariables, types, extension, sound = false }: ScopeOptions) {
    const more = extension?.variables.keys() ?? [];
    this.#common = [...ALWAYS, ...(hasParams ? ['params'] : []), ...hostVariables, ...more];
    this.#extension = extension;
    this.#sound = sound;
    this.#types = types;
    this.#provider = withAdmissionTypes(types?.provider);
  }

  /** The roots of all that the expressions read: `object`, `params`, …; compiles what is not compiled yet. */
  reads(): ReadonlySet<string> {
    this.#reads ??= new Set(this.#programs.flatMap(({ references }) => references.map(({ root }) => root)));
    return this.#reads;
  }

  /** Compiles the expression in a field, or reports why it cannot be, and the fields in it that nothing has. */
  compile(place: Place, key: string, role: ExpressionRole): Program | undefined {
    return this.#compile(place, key, role)?.program;
  }

  /** As `compile`; the expressions after it may name it even when it does not compile: one mistake, one problem. */
  compileVariable(place: Place, name: string): Program | undefined {
    const compiled = this.#compile(place, 'expression', 'variable');
    const { program = { type: DYN }, knownType = DYN } = compiled ?? {};
    this.#variables.push({ name, program, knownType });
    return compiled?.program;
  }

  #compile(
    place: Place,
    key: string,
    role: ExpressionRole,
  ): { readonly program: Program; readonly knownType: CelType } | undefined {
    const expression = requiredString(place, key);
    if (expression === undefined) return undefined;
    if (this.#sound) return { program: this.#later(expression, role), knownType: DYN };
    const at = [...place.pointer, key];
    const compilation = cached(expression, this.#environment(role, this.#variables), this.#extension?.name);
    if (compilation.kind === 'error') {
      const { message, hint, offset, end } = compilation;
      place.log.add(at, 'policy/cel-error', message, { hint, offset, end });
      return undefined;
    }
    const { program } = compilation;
    // Other engines have checks of their own.
    const wanted: readonly string[] | undefined = this.#extension ? undefined : CERTAIN[role];
    if (wanted && !wanted.includes(program.type.kind)) {
      const message = `must return ${wanted.join(' or ')}, but what it returns is ${printType(program.type)}: a cluster refuses it`;
      const hint = wanted.includes('bool') ? 'compare it: `… == true`' : 'make it one: `string(…)`';
      place.log.add(at, 'policy/cel-error', message, { hint });
      return undefined;
    }
    this.#programs.push(program);
    if (!this.#types) return { program, knownType: program.type };
    const { type, mistakes } = fieldMistakes(expression, this.#knownEnvironment(role, this.#types));
    for (const { message, hint, offset, end } of mistakes)
      place.log.add(at, 'policy/unknown-field', message, { hint, offset, end });
    return { program, knownType: type };
  }

  /** An expression that sees the variables before it. */
  #later(expression: string, role: ExpressionRole): Program {
    const variables = [...this.#variables];
    const program = new LazyProgram(expression, () =>
      compile(expression, { ...this.#environment(role, variables), literals: 'any' }),
    );
    this.#programs.push(program);
    return program;
  }

  /**
   * Match conditions are compiled by themselves, without `variables` (KEP-3716); a messageExpression has no authorizer
   * (the API server's validation of ValidatingAdmissionPolicies).
   */
  #environment(role: ExpressionRole, variables: readonly Variable[]): CelEnvironment {
    const hasVariables = role !== 'condition';
    return {
      variables: [
        ...this.#common,
        ...(role === 'message' ? [] : ['authorizer']),
        ...(hasVariables ? ['variables'] : []),
      ],
      types: this.#extension ? new Map([...ADMISSION_VARIABLES, ...this.#extension.variables]) : ADMISSION_VARIABLES,
      provider: ADMISSION_TYPES,
      records: recordsOf(hasVariables, variables, ({ program }) => program.type),
      result: RESULTS[role],
      ...(this.#extension && { libraries: this.#extension.libraries }),
    };
  }

  #knownEnvironment(role: ExpressionRole, { variables }: KnownTypes): CelEnvironment {
    return {
      ...this.#environment(role, this.#variables),
      types: new Map([...ADMISSION_VARIABLES, ...variables]),
      provider: this.#provider,
      records: recordsOf(role !== 'condition', this.#variables, ({ knownType }) => knownType),
    };
  }
}

function recordsOf(
  hasVariables: boolean,
  variables: readonly Variable[],
  typeOf: (variable: Variable) => CelType,
): CelEnvironment['records'] {
  if (!hasVariables) return new Map();
  return new Map([['variables', new Map(variables.map((variable) => [variable.name, typeOf(variable)]))]]);
}

/** Compilations by all that they depend on; a run compiles the same policies again for every capability that it tests. */
const compilations = new Map<string, Compilation>();
const MAXIMUM_CACHED = 20_000;

function cached(expression: string, environment: CelEnvironment, extension = ''): Compilation {
  const { variables, records, result } = environment;
  const fields = [...records].map(([name, types]) => [name, [...types]]);
  const key = JSON.stringify([extension, result, variables, fields, expression]);
  const known = compilations.get(key);
  if (known) return known;
  const compilation = compile(expression, environment);
  if (compilations.size >= MAXIMUM_CACHED) compilations.clear();
  compilations.set(key, compilation);
  return compilation;
}
