import type { JsonObject } from '../json/json.ts';
import { knownLimits } from './known-limits.ts';
import type { TypeDefinitions } from './type-definitions.ts';

/** A value that is not a list, a map or another type, by its letter. */
const scalars: Readonly<Record<string, JsonObject>> = {
  '*': { 'x-kubernetes-preserve-unknown-fields': true },
  B: { type: 'string', format: 'byte' },
  b: { type: 'boolean' },
  i: { type: 'integer', format: 'int32' },
  l: { type: 'integer', format: 'int64' },
  n: { type: 'number' },
  q: { format: 'quantity' },
  s: { type: 'string' },
  t: { type: 'string', format: 'date-time' },
  x: { 'x-kubernetes-int-or-string': true },
};

/**
 * Reads the table of built-in types. Only the kinds are read at once; a type is when it is first asked for.
 *
 * A line of a kind is `<group>/<version>/<Kind>=<type>`, one of a type its name and `field:notation`, separated by `;`,
 * with `!` after a field that is required. A notation is a letter (above), `s(A|B)` for an enumeration, `@<type>`, `<…>`
 * for a map of such values, `[…]` for a list, with the keys of its items after it, or `!` when no item may be there twice.
 */
export function readTable(table: string): TypeDefinitions {
  const end = table.indexOf('\n\n');
  const kinds = new Map(
    table
      .slice(0, end)
      .split('\n')
      .map((line): [string, string] => {
        const equals = line.indexOf('=');
        return [line.slice(0, equals), line.slice(equals + 1)];
      }),
  );
  let lines: Map<string, string> | undefined;
  return {
    kinds,
    definition(name) {
      lines ??= new Map(
        table
          .slice(end + 2)
          .split('\n')
          .map((line) => {
            const space = line.indexOf(' ');
            return [line.slice(0, space), line.slice(space + 1)];
          }),
      );
      const line = lines.get(name);
      return line === undefined ? undefined : readType(name, line);
    },
  };
}

function readType(name: string, line: string): JsonObject {
  if (line === '*') return { 'x-kubernetes-preserve-unknown-fields': true };
  const required: string[] = [];
  const properties: Record<string, JsonObject> = {};
  for (const part of line.split(';')) {
    const colon = part.indexOf(':');
    const isRequired = part[colon - 1] === '!';
    const field = part.slice(0, isRequired ? colon - 1 : colon);
    if (isRequired) required.push(field);
    properties[field] = { ...new Notation(part.slice(colon + 1)).read(), ...knownLimits[name]?.[field] };
  }
  return { type: 'object', properties, required };
}

class Notation {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  read(): JsonObject {
    const letter = this.text[this.at++] ?? '';
    if (letter === '@') return { $ref: this.upTo(/[\]>]|$/g) };
    if (letter === '<') {
      const values = this.read();
      this.at += 1;
      return { type: 'object', additionalProperties: values };
    }
    if (letter === '[') {
      const items = this.read();
      this.at += 1;
      return { type: 'array', items, ...this.listKeys() };
    }
    if (letter === 's' && this.text[this.at] === '(') {
      this.at += 1;
      const values = this.upTo(/\)/g).split('|');
      this.at += 1;
      return { type: 'string', enum: values };
    }
    return scalars[letter] ?? {};
  }

  private listKeys(): JsonObject {
    if (this.text[this.at] === '!') {
      this.at += 1;
      return { 'x-kubernetes-list-type': 'set' };
    }
    const keys = this.upTo(/[\]>]|$/g);
    return keys === '' ? {} : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys.split(',') };
  }

  private upTo(end: RegExp): string {
    end.lastIndex = this.at;
    const found = end.exec(this.text)?.index ?? this.text.length;
    const part = this.text.slice(this.at, found);
    this.at = found;
    return part;
  }
}
