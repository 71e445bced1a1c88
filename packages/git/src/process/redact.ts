/** User information in a URL, up to the last `@` before the path: passwords may hold an `@` of their own. */
const userInformation = /\/\/[^\s/]*@/g;
/** All control characters but the line break: a remote's words must not drive a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/**
 * What git or a remote said, fit to be shown: credentials in URLs are hidden, control characters are gone.
 *
 * @param text standard error or a status line of git
 */
export function redact(text: string): string {
  return text.replaceAll(userInformation, '//***@').replaceAll(controls, '');
}
