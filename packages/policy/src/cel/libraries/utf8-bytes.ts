/**
 * The UTF-8 bytes of a text as a string with one character a byte, as Go's strings are. A lone surrogate becomes the
 * replacement character.
 */
export function toUtf8Bytes(text: string): string {
  if (isAscii(text)) return text;
  let bytes = '';
  for (const character of text) bytes += bytesOf(character.codePointAt(0) ?? 0);
  return bytes;
}

/** The text of a string of bytes; what is not UTF-8 becomes the replacement character. */
export function fromUtf8Bytes(bytes: string): string {
  if (isAscii(bytes)) return bytes;
  let text = '';
  for (let index = 0; index < bytes.length; ) {
    const [codePoint, length] = decodeAt(bytes, index);
    text += String.fromCodePoint(codePoint);
    index += length;
  }
  return text;
}

const REPLACEMENT = 0xfffd;

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

function bytesOf(codePoint: number): string {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return bytesOf(REPLACEMENT);
  if (codePoint < 0x80) return String.fromCharCode(codePoint);
  const tail = (shift: number): number => 0x80 | ((codePoint >> shift) & 0x3f);
  if (codePoint < 0x800) return String.fromCharCode(0xc0 | (codePoint >> 6), tail(0));
  if (codePoint < 0x10000) return String.fromCharCode(0xe0 | (codePoint >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (codePoint >> 18), tail(12), tail(6), tail(0));
}

/** The smallest code point that needs so many bytes: a shorter one in a longer form is no UTF-8. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

function decodeAt(bytes: string, index: number): [codePoint: number, length: number] {
  const lead = bytes.charCodeAt(index);
  if (lead < 0x80) return [lead, 1];
  const length = lead >= 0xf0 && lead < 0xf8 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
  if (length === 0 || lead >= 0xf8) return [REPLACEMENT, 1];
  let codePoint = lead & (0xff >> (length + 1));
  for (let offset = 1; offset < length; offset++) {
    const next = bytes.charCodeAt(index + offset);
    if (!(next >= 0x80 && next < 0xc0)) return [REPLACEMENT, 1];
    codePoint = (codePoint << 6) | (next & 0x3f);
  }
  const surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  if (codePoint < (SMALLEST[length] ?? 0) || codePoint > 0x10ffff || surrogate) return [REPLACEMENT, 1];
  return [codePoint, length];
}
