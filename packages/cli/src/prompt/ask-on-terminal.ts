import { autocomplete, isCancel, multiselect, select, text } from '@clack/prompts';
import type { Question } from '@idp/verbs/door';

/** With more choices than this, letters narrow them down. */
const fewChoices = 8;

/**
 * Asks on standard error, so that standard output stays the verb's own.
 *
 * @returns `undefined` after Ctrl-C or Escape
 */
export async function askOnTerminal(question: Question): Promise<string | readonly string[] | undefined> {
  const answer = await asked(question);
  return isCancel(answer) ? undefined : answer;
}

function asked({ message, choices, several }: Question): Promise<string | string[] | symbol> {
  const output = process.stderr;
  const options = choices.map(({ value, label, hint }) => ({ value, label, ...(hint !== undefined && { hint }) }));
  if (choices.length === 0) {
    const validate = (value: string | undefined) =>
      (value ?? '').trim() === '' ? 'Please write something' : undefined;
    return text({ message, output, validate });
  }
  if (several) return multiselect({ message, options, output, required: false });
  return choices.length > fewChoices
    ? autocomplete({ message, options, output })
    : select({ message, options, output });
}
