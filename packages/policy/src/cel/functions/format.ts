import type { Environment } from '@marcbachmann/cel-js';

/**
 * `'…'.format([…])` of cel-go's strings library with the verbs that messages use: %s, %d, %f, %.<n>f, %x and %%.
 */
export function registerFormat(engine: Environment): void {
  engine.registerFunction('string.format(list): string', format, { async: false });
}

function format(template: string, values: readonly unknown[]): string {
  let next = 0;
  const text = template.replace(
    /%(\.\d{1,2})?(.)?/gs,
    (_verb: string, precision: string | undefined, letter: string | undefined) => {
      if (letter === '%') return '%';
      if (next >= values.length) throw new Error('format(): there are more verbs than arguments');
      const value = values[next];
      next += 1;
      return formatOne(letter ?? '', precision, value);
    },
  );
  if (next < values.length) throw new Error('format(): there are more arguments than verbs');
  return text;
}

function formatOne(letter: string, precision: string | undefined, value: unknown): string {
  if (letter === 's') return printed(value);
  if (letter === 'd' && (typeof value === 'bigint' || typeof value === 'number')) return String(value);
  if (letter === 'x' && typeof value === 'bigint') return value.toString(16);
  if (letter === 'f' && (typeof value === 'bigint' || typeof value === 'number')) {
    return Number(value).toFixed(precision === undefined ? 6 : Number(precision.slice(1)));
  }
  throw new Error(`format(): %${letter} does not take this argument`);
}

/** Text of a value as %s prints it. */
function printed(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (value instanceof Map)
    return `{${[...value].map(([key, entry]) => `${printed(key)}: ${printed(entry)}`).join(', ')}}`;
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return printed(new Map(Object.entries(value)));
  }
  return String(value);
}
