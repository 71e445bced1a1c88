import type { FunctionDeclaration, FunctionLibrary } from '../function-declaration.ts';
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listType,
  mapType,
  NULL,
  optionalType,
  printType,
  STRING,
  TIMESTAMP,
  TYPE,
  UINT,
} from '../type.ts';
import { nameOfType } from '../value.ts';

/** Types that an expression can name, `type(x) == list`. */
const TYPES: ReadonlyMap<string, CelType> = new Map([
  ...[
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    INT,
    NULL,
    STRING,
    TIMESTAMP,
    UINT,
    TYPE,
    listType(DYN),
    mapType(DYN, DYN),
    optionalType(DYN),
  ].map((type) => [nameOfType(type), type] as const),
]);

/** All functions of an environment by name, and the types that it can name. */
export interface Declarations {
  readonly functions: ReadonlyMap<string, readonly FunctionDeclaration[]>;
  readonly types: ReadonlyMap<string, CelType>;
}

const made = new WeakMap<readonly FunctionLibrary[], Declarations>();

/** Puts libraries together; the same list of them is put together once. */
export function declarationsOf(libraries: readonly FunctionLibrary[]): Declarations {
  const known = made.get(libraries);
  if (known) return known;
  const functions = new Map<string, FunctionDeclaration[]>();
  const seen = new Set<string>();
  for (const declaration of libraries.flatMap((library) => library.functions)) {
    const { style, name, parameters } = declaration;
    const overload = `${style} ${name}(${parameters.map(printType).join(', ')})`;
    if (seen.has(overload)) continue;
    seen.add(overload);
    const overloads = functions.get(declaration.name);
    if (overloads) overloads.push(declaration);
    else functions.set(declaration.name, [declaration]);
  }
  const types = new Map(TYPES);
  for (const type of libraries.flatMap((library) => library.types)) types.set(nameOfType(type), type);
  const declarations = { functions, types };
  made.set(libraries, declarations);
  return declarations;
}
