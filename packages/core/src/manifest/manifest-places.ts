import { decodeText } from '../digest/text.ts';
import type { Position } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { type Source, sourceOf } from '../source/source.ts';
import type { ManifestPlaces } from './check-manifests.ts';
import { parseManifest, readableText } from './parse-manifest.ts';

/**
 * Places in files that are read again when somebody asks: what is judged is kept without its text, so that thousands of
 * files fit into little memory. One file is held at a time; findings come file by file.
 *
 * @param read the bytes of a file that was read before; `undefined` when it is gone by now
 */
export function manifestPlaces(read: (path: string) => Uint8Array | undefined): ManifestPlaces {
  let held: Source | undefined;
  return {
    locate({ path, document, pointer: root }, below: Pointer, part = 'value'): Position {
      if (held?.path !== path) held = sourceWith(path, textOf(read(path)), []);
      return held.locate([...root, ...below], part, document);
    },
  };
}

/** A file of manifests as a source; an empty one when it is gone by now, or cannot be read. */
export function manifestSource(path: string, bytes: Uint8Array | undefined): Source {
  const text = textOf(bytes);
  const parsed = parseManifest(text);
  return sourceWith(path, text, parsed.ok ? parsed.documents : []);
}

function sourceWith(path: string, text: string, documents: readonly Json[]): Source {
  return sourceOf({ path, mode: '100644', oid: '' }, text, documents, readableText(text));
}

function textOf(bytes: Uint8Array | undefined): string {
  return (bytes && decodeText(bytes)) ?? '';
}
