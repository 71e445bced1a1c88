/**
 * A value as one line of JSON. Characters that a terminal would obey are written as JSON escapes, so that the text is
 * safe to look at and its value is exact.
 */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(unsafeInText, jsonEscape)}\n`;
}

/** JSON.stringify escapes C0 and lone surrogates; `##[` would be a command to a GitHub runner. */
const unsafeInText =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\udb40-\udb43][\udc00-\udfff]|(?<=#)#(?=\[)/g;

/** Unit by unit: JSON writes a character beyond the first plane as a pair of escapes. */
function jsonEscape(characters: string): string {
  return characters
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
