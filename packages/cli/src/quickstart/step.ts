/** What a command has to do; anything else ends the quickstart. */
export interface Expectation {
  /** Default: 0. */
  readonly exit?: number;
  /** Pieces of its output, standard output and standard error together. */
  readonly prints?: readonly string[];
  /** All of its output, without the white space around it. */
  readonly printsOnly?: string;
}

/** Makes the repository's files out of the workspace's: no shell has one short command for it. */
export interface Copy {
  readonly kind: 'copy';
}

/** A command. In its arguments `$P` is the platform repository and `$R` its remote, as the reader would write them. */
export interface Run {
  readonly kind: 'run';
  readonly program: 'idp' | 'git';
  readonly argv: readonly string[];
  readonly expect: Expectation;
}

/** What a person would do in an editor: replaces the one place in a file of the platform repository that has `before`. */
export interface Edit {
  readonly kind: 'edit';
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export type Action = Copy | Run | Edit;

export interface Step {
  readonly title: string;
  /** One line for a reader who sees this for the first time. */
  readonly why: string;
  readonly actions: readonly Action[];
}

export function git(argv: readonly string[], expect: Expectation = {}): Run {
  return { kind: 'run', program: 'git', argv, expect };
}

export function idp(argv: readonly string[], expect: Expectation = {}): Run {
  return { kind: 'run', program: 'idp', argv, expect };
}

export function edit(path: string, before: string, after: string): Edit {
  return { kind: 'edit', path, before, after };
}
