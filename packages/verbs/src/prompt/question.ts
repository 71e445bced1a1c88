/** A value that a person can choose. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** A question about an option that was not given. */
export interface Question {
  readonly option: string;
  readonly message: string;
  /** Without any, the answer is text. */
  readonly choices: readonly Choice[];
  /** Whether several choices may be taken, or none. */
  readonly several: boolean;
}

/**
 * Asks a person. There is one only where a person is: on a terminal, outside of CI.
 *
 * @returns `undefined` when they gave up
 */
export type Ask = (question: Question) => Promise<string | readonly string[] | undefined>;

/** What `x-choices` of an option's schema may say. */
export const choiceKinds = ['group', 'system', 'template', 'resource', 'service', 'environment', 'policy'] as const;
export type ChoiceKind = (typeof choiceKinds)[number];

/** What a repository offers for the options of a generator. */
export type ChoicesOf = (kind: ChoiceKind) => readonly Choice[];
