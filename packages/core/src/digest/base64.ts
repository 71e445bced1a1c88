const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes as standard base64 with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digit = (shift: number): string => alphabet[(group >> shift) & 63] ?? '';
    pieces.push(
      digit(18) + digit(12) + (at + 1 < bytes.length ? digit(6) : '=') + (at + 2 < bytes.length ? digit(0) : '='),
    );
  }
  return pieces.join('');
}

/** Whether a text is standard base64 with padding; line breaks, as YAML blocks have them, do not count. */
export function isBase64(text: string): boolean {
  const digits = text.replace(/\s+/g, '');
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
}
