/**
 * Gives a random token of so many characters, lower-case letters and digits. Randomness comes in as a
 * value: only the verbs that write (`add`, `lock`) have one.
 */
export type Mint = (length: number) => string;

/** Without vowels and look-alikes: no words, nothing to misread over the phone. */
const alphabet = 'bcdfghjkmnpqrstvwxz23456789';

/** A mint over a source of random bytes. Bytes that would favour some characters are thrown away. */
export function mintFrom(randomBytes: (count: number) => Uint8Array): Mint {
  const limit = 256 - (256 % alphabet.length);
  return (length) => {
    let token = '';
    while (token.length < length) {
      for (const byte of randomBytes(length * 2)) {
        if (byte < limit && token.length < length) token += alphabet[byte % alphabet.length];
      }
    }
    return token;
  };
}
