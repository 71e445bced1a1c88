/**
 * The types of CEL as its type checker knows them (cel-spec, langdef "Types"; names as cel-go prints them).
 *
 * `dyn` stands for whatever is known at run time only; `error` is the type of what has already been reported. An object is
 * known by its name, and its fields by a `TypeProvider`, so that large and recursive schemas cost nothing until they are read.
 */
export type CelType =
  | { readonly kind: PrimitiveKind }
  | { readonly kind: 'list'; readonly element: CelType }
  | { readonly kind: 'map'; readonly key: CelType; readonly value: CelType }
  | { readonly kind: 'wrapper'; readonly of: CelType }
  | { readonly kind: 'opaque'; readonly name: string; readonly parameters: readonly CelType[] }
  | { readonly kind: 'object'; readonly name: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'type'; readonly of: CelType | undefined };

export type PrimitiveKind =
  | 'bool'
  | 'bytes'
  | 'double'
  | 'duration'
  | 'dyn'
  | 'error'
  | 'int'
  | 'null'
  | 'string'
  | 'timestamp'
  | 'uint';

export const BOOL: CelType = { kind: 'bool' };
export const BYTES: CelType = { kind: 'bytes' };
export const DOUBLE: CelType = { kind: 'double' };
export const DURATION: CelType = { kind: 'duration' };
export const DYN: CelType = { kind: 'dyn' };
export const INT: CelType = { kind: 'int' };
export const NULL: CelType = { kind: 'null' };
export const STRING: CelType = { kind: 'string' };
export const TIMESTAMP: CelType = { kind: 'timestamp' };
export const UINT: CelType = { kind: 'uint' };
export const TYPE: CelType = { kind: 'type', of: undefined };

export const OPTIONAL_NAME = 'optional_type';

export function listType(element: CelType): CelType {
  return { kind: 'list', element };
}

export function mapType(key: CelType, value: CelType): CelType {
  return { kind: 'map', key, value };
}

/** A value of the type or null, as protobuf's wrapper messages are (cel-spec, "Wrapper types"). */
export function wrapperType(of: CelType): CelType {
  return { kind: 'wrapper', of };
}

export function optionalType(value: CelType): CelType {
  return { kind: 'opaque', name: OPTIONAL_NAME, parameters: [value] };
}

export function opaqueType(name: string, parameters: readonly CelType[] = []): CelType {
  return { kind: 'opaque', name, parameters };
}

/** An object with the fields that the environment's `TypeProvider` knows under the name. */
export function objectType(name: string): CelType {
  return { kind: 'object', name };
}

export function parameterType(name: string): CelType {
  return { kind: 'parameter', name };
}

/** The type of a type: `type(1)` is `type(int)`. */
export function typeType(of: CelType | undefined): CelType {
  return { kind: 'type', of };
}

/** What is inside `optional_type(…)`, or `undefined` for any other type. */
export function optionalContent(type: CelType): CelType | undefined {
  return type.kind === 'opaque' && type.name === OPTIONAL_NAME ? type.parameters[0] : undefined;
}

/** The types of an environment's objects. Asked by name while an expression is checked, never while it runs. */
export interface TypeProvider {
  /** The type of a field, or `undefined` when the object type has no such field. */
  field(type: string, name: string): CelType | undefined;
  /** The fields of an object type, for a hint with the nearest name; `undefined` when there is no such type. */
  fieldNames(type: string): Iterable<string> | undefined;
  /** An object type with the fields of two others, where it has such. */
  join?(a: string, b: string): CelType | undefined;
}

/** A type as cel-go prints it: `map(string, list(int))`, `optional_type(dyn)`, `wrapper(bool)`. */
export function printType(type: CelType): string {
  switch (type.kind) {
    case 'list':
      return `list(${printType(type.element)})`;
    case 'map':
      return `map(${printType(type.key)}, ${printType(type.value)})`;
    case 'wrapper':
      return `wrapper(${printType(type.of)})`;
    case 'opaque':
      return type.parameters.length === 0 ? type.name : `${type.name}(${type.parameters.map(printType).join(', ')})`;
    case 'object':
    case 'parameter':
      return type.name;
    case 'type':
      return type.of ? `type(${printType(type.of)})` : 'type';
    case 'error':
      return '!error!';
    default:
      return type.kind;
  }
}
