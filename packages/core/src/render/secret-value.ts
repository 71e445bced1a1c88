import type { Origin } from '../provenance/origin.ts';
import type { Traced } from '../provenance/traced.ts';

/** A key of a Secret in the service's namespace. Its content is never known here. */
export interface SecretReference {
  readonly kind: 'secret';
  readonly name: string;
  readonly key: string;
  readonly origin: Origin;
}

/** What a placeholder stands for. */
export type PlaceholderValue = { readonly kind: 'value'; readonly node: Traced } | SecretReference;

/** `undefined`: the reference is broken, and has its finding already. */
export type Lookup = (path: readonly string[]) => PlaceholderValue | undefined;
