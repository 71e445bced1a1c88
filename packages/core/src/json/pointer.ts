/** Keys and indexes from the root of a document. */
export type Pointer = readonly (string | number)[];

/** The pointer as text (RFC 6901). */
export function pointerText(pointer: Pointer): string {
  return pointer.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The pointer behind a text (RFC 6901); indexes stay strings. */
export function parsePointer(text: string): Pointer {
  if (text === '') return [];
  return text
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
