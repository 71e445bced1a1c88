/** What a person asks for. */
export interface EnvironmentOptions {
  readonly name: string;
  /** The environments that a release passes before this one. */
  readonly after: readonly string[];
  /** The environments that come after this one from now on: it is spliced in before them. */
  readonly before: readonly string[];
  /** Default: `env/<name>`. */
  readonly branch?: string | undefined;
  readonly promotion?: 'automatic' | 'pull-request' | undefined;
  readonly title?: string | undefined;
}
