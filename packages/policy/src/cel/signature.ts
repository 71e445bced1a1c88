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
  parameterType,
  STRING,
  TIMESTAMP,
  typeType,
  UINT,
} from './type.ts';

/** One overload of a function: what it takes, with a method's receiver first, and what it returns. */
export interface Signature {
  /** `find`, `math.greatest`, `_+_`. */
  readonly name: string;
  readonly style: 'function' | 'method';
  readonly parameters: readonly CelType[];
  /** The last parameter may be there any number of times, also none. */
  readonly variadic: boolean;
  readonly result: CelType;
  readonly text: string;
}

const PRIMITIVES: ReadonlyMap<string, CelType> = new Map([
  ['bool', BOOL],
  ['bytes', BYTES],
  ['double', DOUBLE],
  ['duration', DURATION],
  ['dyn', DYN],
  ['int', INT],
  ['null', NULL],
  ['string', STRING],
  ['timestamp', TIMESTAMP],
  ['uint', UINT],
]);

/**
 * Reads the text of a signature: `string.find(string): string`, `list<T>.indexOf(T): int`, `math.least(...dyn): dyn`,
 * `optional<T>.or(optional<T>): optional<T>`. A capital letter is a type parameter. What stands before the last dot is the
 * receiver when it is a type, else a part of the name. Arguments are separated by a comma and a space, type arguments
 * by a comma alone (`map<K,V>`).
 *
 * Throws for a text that is none: signatures are written by programmers, not by users.
 *
 * @param types the types of the library, by the name that the text calls them
 */
export function parseSignature(text: string, types: ReadonlyMap<string, CelType>): Signature {
  const [, qualified, inside, result] = /^([^(]+)\(([^)]*)\): (.+)$/.exec(text) ?? [];
  if (qualified === undefined || inside === undefined || result === undefined) throw malformed(text);
  const dot = qualified.lastIndexOf('.');
  const receiver = dot > 0 ? readType(qualified.slice(0, dot), types) : undefined;
  const written = inside === '' ? [] : inside.split(', ');
  const variadic = written.at(-1)?.startsWith('...') === true;
  const parameters = written.map((part) => requireType(part.replace(/^\.\.\./, ''), types, text));
  return {
    name: receiver ? qualified.slice(dot + 1) : qualified,
    style: receiver ? 'method' : 'function',
    parameters: receiver ? [receiver, ...parameters] : parameters,
    variadic,
    result: requireType(result, types, text),
    text,
  };
}

function requireType(text: string, types: ReadonlyMap<string, CelType>, signature: string): CelType {
  const type = readType(text, types);
  if (!type) throw malformed(`${signature} (${text} is not a type)`);
  return type;
}

function readType(text: string, types: ReadonlyMap<string, CelType>): CelType | undefined {
  const known = PRIMITIVES.get(text) ?? types.get(text);
  if (known) return known;
  if (/^[A-Z]$/.test(text)) return parameterType(text);
  const [, name, inside] = /^(list|map|optional|type)<(.+)>$/.exec(text) ?? [];
  if (name === undefined || inside === undefined) return undefined;
  const parameters = splitTypes(inside).map((part) => readType(part, types));
  const [first, second] = parameters;
  if (!first || (name === 'map' && !second)) return undefined;
  if (name === 'list') return listType(first);
  if (name === 'optional') return optionalType(first);
  if (name === 'type') return typeType(first);
  return second && mapType(first, second);
}

/** Splits at commas that are not inside brackets. */
function splitTypes(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [position, character] of [...text].entries()) {
    if (character === '<') depth += 1;
    else if (character === '>') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, position));
      start = position + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function malformed(text: string): Error {
  return new Error(`not a signature: ${text}`);
}
