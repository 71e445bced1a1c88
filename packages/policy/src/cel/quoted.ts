const MAXIMUM_SHOWN = 80;

/** A text of the input in a message: in quotes, and no longer than one reads. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAXIMUM_SHOWN ? `${text.slice(0, MAXIMUM_SHOWN)}…` : text);
}
