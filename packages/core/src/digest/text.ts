const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** A text as bytes of UTF-8. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The bytes as UTF-8 text, or `undefined` when they are not UTF-8. A leading byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}
