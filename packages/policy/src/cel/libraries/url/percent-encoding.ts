/**
 * Percent-encoding as Go's net/url has it. Texts here are strings of bytes (each character one byte of the UTF-8
 * text), since escapes may stand for bytes that are no character.
 */
export type UrlPart = 'path' | 'host' | 'zone' | 'userinfo' | 'query' | 'fragment';

const UNRESERVED = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~`;
const HOST = `!"$&'()*+,:;<=>[]`;

/** What may stand unescaped in each part (net/url, encoding_table.go). */
const LITERAL: Readonly<Record<UrlPart, ReadonlySet<string>>> = {
  path: new Set(`${UNRESERVED}$&+,/:;=@`),
  host: new Set(`${UNRESERVED}${HOST}`),
  zone: new Set(`${UNRESERVED}${HOST}`),
  userinfo: new Set(`${UNRESERVED}$&+,;=`),
  query: new Set(UNRESERVED),
  fragment: new Set(`${UNRESERVED}!$&()*+,/:;=?@`),
};

/** Characters that a path or fragment may have as they were written, although escaping would change them. */
const TOLERATED = new Set(`!$&'()*+,;=:@[]%`);

/** Decodes escapes; `undefined` when one is incomplete, or stands where the part allows none. */
export function unescaped(text: string, part: UrlPart): string | undefined {
  if (!text.includes('%') && part !== 'host' && part !== 'zone')
    return part === 'query' ? text.replaceAll('+', ' ') : text;
  let decoded = '';
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '%') {
      const hex = text.slice(index + 1, index + 3);
      if (!/^[\da-fA-F]{2}$/.test(hex)) return undefined;
      const byte = Number.parseInt(hex, 16);
      if (!mayEscape(byte, part)) return undefined;
      decoded += String.fromCharCode(byte);
      index += 2;
    } else if ((part === 'host' || part === 'zone') && character < '\x80' && !LITERAL[part].has(character)) {
      return undefined;
    } else {
      decoded += character === '+' && part === 'query' ? ' ' : character;
    }
  }
  return decoded;
}

export function escaped(text: string, part: UrlPart): string {
  let encoded = '';
  for (const byte of text) {
    const literal = LITERAL[part].has(byte);
    encoded += literal ? byte : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** It could have been written like this, so that it is shown as it was written. */
export function isValidlyEncoded(text: string, part: UrlPart): boolean {
  for (const byte of text) if (!TOLERATED.has(byte) && !LITERAL[part].has(byte)) return false;
  return true;
}

/** In a host, only what is not ASCII, and the percent sign of a zone, may be escaped (RFC 3986, 3.2.2; RFC 6874). */
function mayEscape(byte: number, part: UrlPart): boolean {
  if (part === 'host') return byte >= 0x80 || byte === 0x25;
  if (part === 'zone') return byte === 0x25 || byte === 0x20 || LITERAL.host.has(String.fromCharCode(byte));
  return true;
}
