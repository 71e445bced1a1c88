/** Codes of characters that `parseBlockYaml` asks about; all of them are below 0x80. */

/** Space, line feed, or `NaN`: behind the end of a text. */
export function isSpaceOrEnd(code: number): boolean {
  return code === 0x20 || code === 0x0a || Number.isNaN(code);
}

const letters = '_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const keyStarts = tableOf(`${letters}/.`);
const keyCharacters = tableOf(`${letters}0123456789-./$`);
/** No indicator of YAML, no digit, sign or dot that could begin a number: only words can be anything but text. */
const textStarts = tableOf(`${letters}/$(<=^;\\~`);
const numberStarts = tableOf('0123456789+-.');

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

export function isKeyStart(code: number): boolean {
  return keyStarts[code] === 1;
}

export function isTextStart(code: number): boolean {
  return code >= 128 || textStarts[code] === 1;
}

export function isNumberStart(code: number): boolean {
  return numberStarts[code] === 1;
}

/** Where the characters end that a simple key has. */
export function keyEnd(text: string, start: number): number {
  let at = start;
  while (keyCharacters[text.charCodeAt(at)] === 1) at += 1;
  return at;
}
