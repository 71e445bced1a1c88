import type { EntityRef } from '../catalog/entity-reference.ts';
import type { WaiverDocument } from '../schema/waiver.schema.ts';
import type { Source } from '../source/source.ts';
import type { Day } from './day.ts';
import type { FieldPattern } from './field-pattern.ts';

/** A waiver whose file is right: what it names is there, and its days are days. */
export interface Waiver {
  readonly name: string;
  readonly document: WaiverDocument;
  readonly source: Source;
  /** The policy's name, as violations carry it. */
  readonly policy: string;
  readonly subject: EntityRef;
  readonly path: FieldPattern | undefined;
  readonly issued: Day;
  readonly expires: Day;
}
