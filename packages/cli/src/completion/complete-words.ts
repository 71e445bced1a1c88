import { dashed, type Verb } from '@idp/verbs/door';

/** What a platform repository has names of; a schema says with `x-completion` which of them an option takes. */
export const nameKinds = ['service', 'capability', 'environment', 'policy'] as const;
export type NameKind = (typeof nameKinds)[number];

/** The names of one kind in the repository that the person is in. */
export type NamesOf = (kind: NameKind) => readonly string[];

/** Printed by the bin itself, and no verbs. */
const others = ['help', 'completion'];
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/**
 * What could stand in the place of the last word.
 *
 * @param words what was typed after `idp`; the last one is being typed, and may be empty
 * @param verbs the verbs with their schemas
 * @returns whole words that begin with it, in the order in which `--help` has them; none where anything could stand
 */
export function completeWords(words: readonly string[], verbs: readonly Verb[], namesOf: NamesOf): readonly string[] {
  const typed = words.at(-1) ?? '';
  return candidates(words.slice(0, -1), typed, verbs, namesOf).filter((candidate) => candidate.startsWith(typed));
}

function candidates(
  before: readonly string[],
  typed: string,
  verbs: readonly Verb[],
  namesOf: NamesOf,
): readonly string[] {
  const [first, ...rest] = before;
  const names = verbs.map(({ name }) => name);
  if (first === undefined) return [...new Set([...names.map((name) => name.split(' ')[0] ?? ''), ...others])];
  if (first === 'help') return candidates(rest, typed, verbs, namesOf);
  if (first === 'completion') return rest.length === 0 ? shells : [];
  const generating = first === 'g' || first === 'generate';
  if (generating && rest[0] === undefined)
    return names.flatMap((name) => (name.startsWith('g ') ? [name.slice(2)] : []));
  const verb = verbs.find(({ name }) => name === (generating ? `g ${rest[0]}` : first));
  return verb === undefined ? [] : argumentsOf(verb, generating ? rest.slice(1) : rest, typed, namesOf);
}

function argumentsOf(verb: Verb, before: readonly string[], typed: string, namesOf: NamesOf): readonly string[] {
  const { properties } = verb.schema;
  const equals = typed.indexOf('=');
  if (typed.startsWith('--') && equals > 0) {
    const option = Object.entries(properties).find(([name]) => `--${dashed(name)}` === typed.slice(0, equals));
    return option === undefined
      ? []
      : valuesOf(option[1], namesOf).map((value) => `${typed.slice(0, equals)}=${value}`);
  }
  if (typed.startsWith('-')) {
    const given = new Set(before.map((word) => word.split('=')[0]));
    const open = Object.entries(properties).filter(
      ([name, property]) => property['type'] === 'array' || !given.has(`--${dashed(name)}`),
    );
    return [
      ...open.map(([name, property]) => `--${dashed(name)}${property['type'] === 'boolean' ? '' : '='}`),
      '--help',
    ];
  }
  const position = before.filter((word) => !word.startsWith('-')).length;
  const positional = Object.values(properties).filter((property) => property['$default'] !== undefined);
  const last = positional.at(-1);
  const property = positional[position] ?? (last?.['type'] === 'array' ? last : undefined);
  return property === undefined ? [] : valuesOf(property, namesOf);
}

function valuesOf(property: Readonly<Record<string, unknown>>, namesOf: NamesOf): readonly string[] {
  const choices = property['enum'];
  if (Array.isArray(choices)) return choices.map(String);
  const kind = property['x-completion'];
  const known = nameKinds.find((name) => name === kind);
  return known === undefined ? [] : namesOf(known);
}
