import type { Finding, Json } from '@idp/core';
import type { ExitCode } from './exit-code.ts';
import type { ReadLine } from './output/source-lines.ts';

/** What a verb may know of the world; its doors (the bin and the Nx executors) give it. */
export interface VerbContext {
  /** The folder that `--root` and relative paths start from. */
  readonly cwd: string;
  readonly now: () => Date;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Names the very code that runs: what it stores, no other code reads. Without it nothing is stored. */
  readonly build?: string | undefined;
  /** Says on standard error what takes long; silent where nobody looks. */
  readonly progress: (message: string) => void;
}

export interface Style {
  readonly colour: boolean;
}

/** What a verb found and made, before it is printed in one of the formats. */
export interface VerbResult {
  readonly exit: ExitCode;
  readonly findings: readonly Finding[];
  /** Lines of what the findings were made from; without it they have no excerpts. */
  readonly readLine?: ReadLine;
  /** Counts and names for machines; the first thing in JSON. */
  readonly summary: Readonly<Record<string, Json>>;
  /** More for machines, beside summary and findings. */
  readonly data?: Readonly<Record<string, Json>>;
  /** For people, after the findings. */
  readonly pretty: (style: Style) => string;
  /** For a job summary or a comment, after the findings. */
  readonly markdown?: () => string;
  /** For `pretty`: the only output, so that it can be piped (`idp render`); findings go to standard error. */
  readonly document?: string;
}

export type OptionSchema = Readonly<Record<string, unknown>> & {
  readonly title: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required?: readonly string[];
  readonly examples?: readonly { readonly command: string; readonly description: string }[];
};

/** A verb, defined once for both doors. */
export interface Verb {
  readonly name: string;
  /** Its options, for people and for ajv: the one schema.json beside it. */
  readonly schema: OptionSchema;
  /** `options` have passed the schema, with its defaults filled in. */
  readonly run: (options: Readonly<Record<string, unknown>>, context: VerbContext) => Promise<VerbResult>;
}
