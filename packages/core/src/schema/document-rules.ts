import type { ExampleFiles, Rule } from '../finding/rule.ts';

type Examples = { readonly fails: ExampleFiles; readonly passes: ExampleFiles };

/**
 * The rules of a format's form, which `documentFindings` gives for every kind of ours.
 *
 * @param stage the first part of the codes
 * @param format what it is for people, with its page: `an environment (docs/formats/environment.md)`
 */
export function documentRules(
  stage: string,
  format: string,
  examples: { readonly unknownField: Examples; readonly missingField: Examples; readonly wrongValue: Examples },
): readonly Rule[] {
  return [
    {
      code: `${stage}/unknown-field`,
      severity: 'error',
      title: `Every field of ${format} is one that the format knows`,
      why: 'A misspelt field that is silently ignored is a setting that somebody believes in.',
      mend: 'Mend the name of the field; the hint names the nearest one.',
      examples: examples.unknownField,
    },
    {
      code: `${stage}/missing-field`,
      severity: 'error',
      title: `The required fields of ${format} are there`,
      why: 'Without them nothing can be decided; a guess would be a surprise later.',
      mend: 'Add the field that the message names.',
      examples: examples.missingField,
    },
    {
      code: `${stage}/wrong-value`,
      severity: 'error',
      title: `The values of ${format} have their types and forms`,
      why: 'What is read as something else than what was meant fails late, or does something else.',
      mend: 'Write a value of the form that the hint describes. A number that is meant as text stands in quotes.',
      examples: examples.wrongValue,
    },
  ];
}
