import { decodeUtf8, encodeUtf8 } from '../utf8.ts';

/**
 * The UTF-8 bytes of a text as a string with one character a byte, as Go's strings are. A lone surrogate becomes the
 * replacement character.
 */
export function toUtf8Bytes(text: string): string {
  if (isAscii(text)) return text;
  return Array.from(encodeUtf8(text), (byte) => String.fromCharCode(byte)).join('');
}

/** The text of a string of bytes; where they are not UTF-8, each byte beyond ASCII becomes the replacement character. */
export function fromUtf8Bytes(bytes: string): string {
  if (isAscii(bytes)) return bytes;
  const text = decodeUtf8(Uint8Array.from([...bytes].map((byte) => byte.charCodeAt(0))));
  return text ?? Array.from(bytes, (byte) => (byte > '\x7f' ? '\ufffd' : byte)).join('');
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
