import type { Source } from '../source/source.ts';
import { type Traced, traceJson } from './traced.ts';

/** A document of a file as nodes that know their places. */
export function traceSource(source: Source, document = 0): Traced {
  return traceJson(source.documents[document] ?? null, (pointer) => ({ kind: 'source', source, pointer, document }));
}
