import type { CelInput } from './cel-input.ts';
import type { FunctionLibrary } from './function-declaration.ts';
import type { CelType, TypeProvider } from './type.ts';
import type { CelValue } from './value.ts';

/**
 * `any`: none, as in CEL itself. `homogeneous`: lists and maps have one type, and something of an unknown type may be in
 * them, as in Kyverno. `strict`: not even that, and there is no `cel.bind`, as in the API server.
 */
export type LiteralRules = 'any' | 'homogeneous' | 'strict';

/** What an expression may speak of, and what it must return. */
export interface CelEnvironment {
  /** Every variable by name; dynamic, as in Kubernetes without a schema, where `types` says nothing else. */
  readonly variables: readonly string[];
  /** Declared types of variables: their fields are checked when the expression is compiled. */
  readonly types?: ReadonlyMap<string, CelType>;
  /** The fields of the object types among them. */
  readonly provider?: TypeProvider;
  /**
   * Variables whose fields are all known, such as `variables`, by name, with a type where one is known: another
   * field is a compile error.
   */
  readonly records: ReadonlyMap<string, readonly string[] | ReadonlyMap<string, CelType>>;
  /** Functions beyond the standard library; what Kubernetes has when left out. */
  readonly libraries?: readonly FunctionLibrary[];
  /** The namespace in which names are looked up first, `a.b` for example. */
  readonly container?: string;
  /** Leaves mistakes of types to the run, as cel-go does with an expression that was parsed only. */
  readonly unchecked?: boolean;
  /** Which literals are refused before they are evaluated; `strict` without `libraries`, `homogeneous` with them. */
  readonly literals?: LiteralRules;
  /** Knows the macros that cel-go's optimiser writes, `cel.block` and its like. */
  readonly blocks?: boolean;
  readonly result: 'bool' | 'string' | 'any';
}

/**
 * A program, or why there is none. `offset` and `end` count UTF-16 code units from the start of the expression.
 */
export type Compilation =
  | { readonly kind: 'program'; readonly program: Program }
  | {
      readonly kind: 'error';
      readonly message: string;
      readonly hint?: string;
      readonly offset?: number;
      readonly end?: number;
    };

/** A place in the input that an expression reads, as far as that is known without running it. */
export interface Reference {
  readonly root: string;
  readonly path: readonly (string | number)[];
  /** It goes on below `path`, at an index or a key that only a run knows. */
  readonly open: boolean;
}

/** An element on which an `all()` failed, with the paths below it that the predicate reads. */
export interface FailedElement {
  /** The very JSON node where the element comes from one. */
  readonly element: unknown;
  readonly paths: readonly (readonly (string | number)[])[];
}

export type Evaluation =
  | { readonly kind: 'value'; readonly content: CelValue; readonly failedElements: readonly FailedElement[] }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** It took more steps than it may. Nothing absorbs this, and no `failurePolicy` passes over it. */
  | { readonly kind: 'budget'; readonly message: string };

/** The value of a variable; called when the variable is read, so that what nobody reads costs nothing. */
export type Activation = (variable: string) => CelInput | undefined;

/**
 * Steps that an evaluation may still take, shared by everything that it evaluates. A step is one node of an
 * expression, counted when the expression, or a round of the loop that it is in, begins; functions take more by the sizes of
 * what they are given and give. So the verdict is the same on every machine.
 */
export interface StepBudget {
  remaining: number;
}

export interface Program {
  readonly expression: string;
  /** What it returns, as far as types say. */
  readonly type: CelType;
  readonly references: readonly Reference[];
  evaluate(activation: Activation, budget: StepBudget): Evaluation;
}
