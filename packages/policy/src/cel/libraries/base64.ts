const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((character, index) => [character, index]));

/** Standard base64 with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(index, index + 3);
    const triple = (a << 16) | (b << 8) | c;
    const characters = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((triple >> shift) & 0x3f)).join('');
    const count = Math.min(3, bytes.length - index);
    parts.push(characters.slice(0, count + 1).padEnd(4, '='));
  }
  return parts.join('');
}

/**
 * Decodes base64 with padding or without any, as cel-go does; line breaks are passed over.
 *
 * @returns `undefined` when the text is no base64
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/[\r\n]+/g, '');
  const match = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(compact);
  if (!match) return undefined;
  const [, digits = '', padding = ''] = match;
  if (digits.length % 4 === 1) return undefined;
  if (padding !== '' && (digits.length + padding.length) % 4 !== 0) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let length = 0;
  for (let index = 0; index < digits.length; index++) {
    bits = ((bits << 6) | (VALUES.get(digits.charAt(index)) ?? 0)) & 0xffff;
    const held = ((index + 1) * 6) % 8;
    if (held < 6) bytes[length++] = (bits >> held) & 0xff;
  }
  return bytes;
}
