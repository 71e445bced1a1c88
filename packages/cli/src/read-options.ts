import { didYouMean, quote } from '@idp/core/did-you-mean';
import { dashed, type OptionSchema, type Verb } from '@idp/verbs/door';

/** The command line does not say what to do. */
export interface UsageError {
  readonly kind: 'usage';
  /** Of the finding: `usage/<code>`. */
  readonly code:
    | 'unknown-verb'
    | 'unknown-option'
    | 'missing-value'
    | 'malformed-value'
    | 'too-many-arguments'
    | 'unknown-shell';
  /** As far as it is known. */
  readonly verb: string;
  readonly message: string;
  readonly hint: string;
}

/** A verb with what the command line says after its name. */
export interface VerbArguments {
  readonly kind: 'verb';
  readonly verb: Verb;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Reads the options of a verb by its schema: `--name=value`, `--name value`, `--flag`, `--no-flag`, and the positional
 * arguments that the schema names.
 *
 * @param words what follows the verb's name
 */
export function readOptions(verb: Verb, words: readonly string[]): VerbArguments | UsageError {
  const options = new Map<string, unknown>();
  const positional: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') {
      positional.push(...words.slice(index + 1));
      break;
    }
    if (!word.startsWith('--')) {
      if (word.startsWith('-') && word !== '-')
        return usage(verb, 'unknown-option', `${quote(word)} is not an option of \`idp ${verb.name}\``);
      positional.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const written = equals < 0 ? word.slice(2) : word.slice(2, equals);
    const negated = written.startsWith('no-') && typeOf(verb.schema, camel(written.slice(3))) === 'boolean';
    const name = camel(negated ? written.slice(3) : written);
    const type = typeOf(verb.schema, name);
    if (type === undefined && verb.schema['additionalProperties'] === false) {
      const hint = didYouMean(
        `--${written}`,
        Object.keys(verb.schema.properties).map((option) => `--${dashed(option)}`),
      );
      return usage(verb, 'unknown-option', `--${written} is not an option of \`idp ${verb.name}\``, hint);
    }
    let text: string | undefined = equals < 0 ? undefined : word.slice(equals + 1);
    const next = words[index + 1];
    if (text === undefined && type !== 'boolean' && next !== undefined && !next.startsWith('--')) {
      text = next;
      index += 1;
    }
    if (text === undefined && type !== 'boolean' && type !== undefined)
      return usage(verb, 'missing-value', `--${written} needs a value`);
    const value = negated ? false : convert(text, type);
    if (value === malformed)
      return usage(
        verb,
        'malformed-value',
        `--${written} begins like JSON, but is not`,
        `in a shell, put single quotes around all of it: \`--${written}='{"key": "value"}'\``,
      );
    // An empty list would mean everything: `--service=$UNSET` must not promote all services.
    const list = type === 'array' ? listOf(value) : undefined;
    if (list?.length === 0) return usage(verb, 'missing-value', `--${written} needs a value`);
    options.set(name, list === undefined ? value : [...listOf(options.get(name)), ...list]);
  }
  return placePositional(verb, options, positional);
}

function usage({ name }: Verb, code: UsageError['code'], message: string, hint?: string): UsageError {
  return { kind: 'usage', code, verb: name, message, hint: hint ?? `\`idp ${name} --help\` shows what there is` };
}

/** Positional arguments go to the properties with `$default: {$source: argv, index}`; a list takes all that is left. */
function placePositional(
  verb: Verb,
  options: Map<string, unknown>,
  positional: readonly string[],
): VerbArguments | UsageError {
  let rest = positional;
  for (const [name, property] of Object.entries(verb.schema.properties)) {
    const source = property['$default'];
    if (typeof source !== 'object' || source === null || rest.length === 0) continue;
    if (property['type'] === 'array') {
      options.set(name, [...listOf(options.get(name)), ...rest]);
      rest = [];
    } else if (!options.has(name)) {
      options.set(name, rest[0]);
      rest = rest.slice(1);
    }
  }
  if (rest.length > 0) return usage(verb, 'too-many-arguments', `${quote(rest[0] ?? '')} is one argument too many`);
  return { kind: 'verb', verb, options: Object.fromEntries(options) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function typeOf(schema: OptionSchema, name: string): unknown {
  return Object.hasOwn(schema.properties, name) ? schema.properties[name]?.['type'] : undefined;
}

function convert(text: string | undefined, type: unknown): unknown {
  if (type === 'boolean') return text === undefined || text === 'true' ? true : text === 'false' ? false : text;
  if (type === 'array') return (text ?? '').split(',').filter((item) => item !== '');
  if (type === 'integer' || type === 'number')
    return text !== undefined && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  return type === undefined ? parameter(text) : text;
}

const malformed = Symbol('malformed');

/** A flag that the schema does not name is a parameter of a capability, typed as YAML would; maps and lists are JSON. */
function parameter(text: string | undefined): unknown {
  if (text === undefined || text === 'true') return true;
  if (text === 'false') return false;
  if (/^\s*[{["]/.test(text)) return parsed(text);
  return /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(text) ? Number(text) : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return malformed;
  }
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
