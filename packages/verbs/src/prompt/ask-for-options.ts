import type { OptionSchema } from '../verb.ts';
import { type Ask, type ChoiceKind, type ChoicesOf, choiceKinds, type Question } from './question.ts';

type Options = Readonly<Record<string, unknown>>;

/** Whether somebody who can be asked would have to be: an option that has a question (`x-prompt`) is required and missing. */
export function isAsked(schema: OptionSchema, given: Options): boolean {
  if (given['interactive'] === false) return false;
  return (schema.required ?? []).some((name) => given[name] === undefined && promptOf(schema, name) !== undefined);
}

/**
 * Asks for the options that are missing: those that are required, and on that occasion those that most people want to choose
 * (`x-ask`). A default that depends on the repository, so that no option is filled with it, is `x-default`: it is offered first.
 *
 * @returns the options with the answers; `undefined` when the person gave up
 */
export async function askForOptions(
  schema: OptionSchema,
  given: Options,
  ask: Ask,
  choicesOf: ChoicesOf,
): Promise<Options | undefined> {
  const answers = new Map(Object.entries(given));
  for (const name of Object.keys(schema.properties)) {
    const question = answers.has(name) ? undefined : questionOf(schema, name, choicesOf);
    if (question === undefined) continue;
    const answer = await ask(question);
    if (answer === undefined) return undefined;
    if (answer.length > 0) answers.set(name, answer);
  }
  return Object.fromEntries(answers);
}

function questionOf(schema: OptionSchema, option: string, choicesOf: ChoicesOf): Question | undefined {
  const property = schema.properties[option] ?? {};
  const required = (schema.required ?? []).includes(option);
  const message = promptOf(schema, option) ?? (typeof property['x-ask'] === 'string' ? property['x-ask'] : undefined);
  if (message === undefined) return undefined;
  const kind = property['x-choices'];
  const offered = isKind(kind) ? choicesOf(kind) : [];
  const several = property['type'] === 'array';
  if (required) return { option, message, choices: offered, several };
  // Nothing to choose from: the default is what there is.
  if (offered.length < 2 && !several) return undefined;
  const fallback = property['default'] ?? property['x-default'];
  const first = offered.filter(({ value }) => value === fallback);
  const others = offered.filter(({ value }) => value !== fallback);
  const none = fallback === undefined ? [{ value: '', label: 'none' }] : [];
  return several
    ? { option, message, choices: offered, several }
    : { option, message, choices: [...first, ...none, ...others], several };
}

function promptOf(schema: OptionSchema, option: string): string | undefined {
  const message = schema.properties[option]?.['x-prompt'];
  return typeof message === 'string' ? message : undefined;
}

function isKind(kind: unknown): kind is ChoiceKind {
  return choiceKinds.some((known) => known === kind);
}
