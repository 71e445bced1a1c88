/** A stream that a verb prints to. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** The streams of a door. */
export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
}
