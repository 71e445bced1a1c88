/**
 * The two globals beyond ECMAScript that core may use. They exist on every JavaScript platform; the
 * package has no `types` and no DOM library, so that nothing else of an environment is within reach.
 */
interface TextEncoder {
  encode(input?: string): Uint8Array;
}
declare const TextEncoder: { new (): TextEncoder };
interface TextDecoder {
  decode(input?: Uint8Array, options?: { readonly stream?: boolean }): string;
}
declare const TextDecoder: { new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder };
