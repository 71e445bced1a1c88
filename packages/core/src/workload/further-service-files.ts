import { decodeText } from '../digest/text.ts';
import { overrideFile, serviceFile } from '../layout/paths.ts';
import { traceSource } from '../provenance/trace-source.ts';
import type { Snapshot, SnapshotEntry, Wanted } from '../snapshot/snapshot.ts';
import { readSource } from '../source/source.ts';
import { sourcesOf } from './load-service-files.ts';
import { pathInService } from './service-file.ts';

/**
 * The files that Score files and overrides put into containers, as far as their bytes are not there yet: what an
 * adapter has to load beside the files whose paths say what they are.
 */
export function furtherServiceFiles(
  snapshot: Snapshot,
  loaded: Wanted,
  ignored: (path: string) => boolean,
): ReadonlySet<string> {
  const further = new Set<string>();
  for (const entry of snapshot.list()) {
    const place = serviceFile(entry.path);
    if (place === undefined || !isScore(place.file) || ignored(entry.path) || !loaded(entry)) continue;
    if (!mayName(snapshot, entry)) continue;
    const { source } = readSource(snapshot, entry);
    for (const node of source === undefined ? [] : sourcesOf(traceSource(source))) {
      const named = pathInService(String(node.content));
      const path = 'path' in named ? `services/${place.folder}/${named.path}` : '';
      const file = snapshot.entry(path);
      if (file !== undefined && isFile(file) && !loaded(file)) further.add(path);
    }
  }
  return further;
}

function isScore(file: string): boolean {
  return file === 'score.yaml' || overrideFile(file) !== undefined;
}

function isFile({ mode }: SnapshotEntry): boolean {
  return mode === '100644' || mode === '100755';
}

/** Most Score files have no `source`: those are not parsed a second time. A backslash may hide one. */
function mayName(snapshot: Snapshot, { path }: SnapshotEntry): boolean {
  const text = decodeText(snapshot.read(path) ?? new Uint8Array());
  return text !== undefined && ((text.includes('source') && text.includes('files')) || text.includes('\\'));
}
