import { parseSignature, type Signature } from './signature.ts';
import type { CelDuration, CelTimestamp } from './time.ts';
import type { CelType } from './type.ts';
import type { CelList, CelMap, CelOpaque, CelOptional, CelResult, CelTypeValue, CelUint, CelValue } from './value.ts';

/** An overload with the function behind it, ready to be called on values of its types. */
export interface FunctionDeclaration extends Signature {
  /** Called with values only: the engine passes errors and unknowns on by itself. */
  readonly evaluate: (...args: readonly CelValue[]) => CelResult;
  /** Steps beyond the one of the call, from the arguments; taken before the call. */
  readonly cost: ((...args: readonly CelValue[]) => number) | undefined;
}

/** A named list of functions; an environment says which libraries it has. */
export interface FunctionLibrary {
  readonly name: string;
  readonly functions: readonly FunctionDeclaration[];
  /** Types by the name under which an expression can write them (`type(x) == net.IP`). */
  readonly types: readonly CelType[];
}

/** A type of a library's own: how CEL calls it, and the class of its values. */
export interface LibraryType<V extends CelOpaque = CelOpaque> {
  readonly type: CelType;
  readonly class: abstract new (...args: never[]) => V;
}

type LibraryTypes = Readonly<Record<string, LibraryType>>;

interface Primitives {
  bool: boolean;
  bytes: Uint8Array;
  double: number;
  duration: CelDuration;
  dyn: CelValue;
  int: bigint;
  null: null;
  string: string;
  timestamp: CelTimestamp;
  uint: CelUint;
}

type ValueOf<Text extends string, Types extends LibraryTypes> = Text extends keyof Primitives
  ? Primitives[Text]
  : Text extends `list<${string}>`
    ? CelList
    : Text extends `map<${string}>`
      ? CelMap
      : Text extends `optional<${string}>`
        ? CelOptional
        : Text extends `type<${string}>`
          ? CelTypeValue
          : Text extends keyof Types
            ? InstanceType<Types[Text]['class']>
            : CelValue;

/** Whether a name before a dot is a type, and so the receiver of a method. */
type IsType<Text extends string, Types extends LibraryTypes> = Text extends
  | keyof Primitives
  | keyof Types
  | `${'list' | 'map' | 'optional' | 'type'}<${string}>`
  ? true
  : Text extends Uppercase<Text>
    ? true
    : false;

type ArgumentsOf<Text extends string, Types extends LibraryTypes> = Text extends ''
  ? []
  : Text extends `...${infer Rest}`
    ? ValueOf<Rest, Types>[]
    : Text extends `${infer First}, ${infer Rest}`
      ? [ValueOf<First, Types>, ...ArgumentsOf<Rest, Types>]
      : [ValueOf<Text, Types>];

type ParametersOf<
  Text extends string,
  Types extends LibraryTypes,
> = Text extends `${infer Qualified}(${infer Inside}): ${string}`
  ? Qualified extends `${infer Receiver}.${string}`
    ? IsType<Receiver, Types> extends true
      ? [ValueOf<Receiver, Types>, ...ArgumentsOf<Inside, Types>]
      : ArgumentsOf<Inside, Types>
    : ArgumentsOf<Inside, Types>
  : never;

type ResultOf<Text extends string, Types extends LibraryTypes> = Text extends `${string}): ${infer Result}`
  ? ValueOf<Result, Types>
  : never;

type Call<Text extends string, Types extends LibraryTypes> = (
  ...args: ParametersOf<Text, Types>
) => ResultOf<Text, Types> | Extract<CelResult, { kind: 'error' | 'unknown' }>;

/** The function behind a signature; with `cost` where it works through strings or lists. */
type Implementation<Text extends string, Types extends LibraryTypes> =
  | Call<Text, Types>
  | {
      readonly evaluate: Call<Text, Types>;
      readonly cost: (...args: ParametersOf<Text, Types>) => number;
    };

/**
 * Declares a library of functions, each by the text of its signature (`parseSignature` says how one is written); the
 * types of an implementation's arguments follow from the text.
 *
 * A result that is a string, bytes or a list is charged by its size; `cost` is for work beyond that.
 *
 * @example
 * library('regex', {
 *   functions: {
 *     'string.find(string): string': (text, pattern) => …,
 *     'quantity(string): Quantity': { evaluate: (text) => …, cost: (text) => text.length / 10 },
 *   },
 *   types: { Quantity: { type: opaqueType('kubernetes.Quantity'), class: Quantity } },
 * });
 */
export function library<const Text extends string, const Types extends LibraryTypes = Record<never, never>>(
  name: string,
  definition: {
    readonly types?: Types;
    readonly functions: { readonly [Key in Text]: Implementation<Key, Types> };
  },
): FunctionLibrary {
  const types = new Map(Object.entries<LibraryType>(definition.types ?? {}).map(([key, { type }]) => [key, type]));
  const functions = Object.entries<Implementation<Text, Types>>(definition.functions).map(
    ([text, implementation]): FunctionDeclaration => {
      const { evaluate, cost } =
        typeof implementation === 'function' ? { evaluate: implementation, cost: undefined } : implementation;
      // The types of the arguments follow from the same text by which the engine chooses what it calls.
      return {
        ...parseSignature(text, types),
        evaluate: evaluate as FunctionDeclaration['evaluate'],
        cost: cost as FunctionDeclaration['cost'],
      };
    },
  );
  return { name, functions, types: [...types.values()] };
}
