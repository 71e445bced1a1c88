import type { Traced } from '../provenance/traced.ts';
import type { OwnedObject } from './owned-object.ts';

/** What patches made of objects: a patch that is the same node makes the same of the same object. */
export class PatchMemo {
  private readonly known = new Map<Traced, { readonly base: OwnedObject; readonly patched: OwnedObject }>();

  of(document: Traced, base: OwnedObject): OwnedObject | undefined {
    const known = this.known.get(document);
    return known?.base === base ? known.patched : undefined;
  }

  keep(document: Traced, base: OwnedObject, patched: OwnedObject): void {
    this.known.set(document, { base, patched });
  }
}
