import type { JsonObject } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';

/** A Kubernetes object as it stands in a file that is not of this platform. */
export interface Manifest {
  readonly path: string;
  /** The document's position in the file, from 0. */
  readonly document: number;
  /** Where in the document: not its root for an item of a List. */
  readonly pointer: Pointer;
  readonly object: JsonObject;
}
