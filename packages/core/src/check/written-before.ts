import type { EntityRef } from '../catalog/entity-reference.ts';
import { decodeText } from '../digest/text.ts';
import { isObject, type JsonObject } from '../json/json.ts';
import { once } from '../json/once.ts';
import { dockerfileService, isWorkflowFile } from '../layout/paths.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource } from '../source/source.ts';
import { textSource } from '../source/text-source.ts';
import type { DeployedScores } from './deployed-scores.ts';
import { dockerfileDocument, type ParsedDockerfile, workflowDocument } from './file-document.ts';

/** What a file replaces as policies see it. `null`: nothing, so that it is created; `undefined`: nobody knows. */
type Before = JsonObject | null | undefined;

/**
 * What is replaced by what is written. What is in an environment, a Score file, replaces what the release was made of that is
 * deployed there; all else replaces what the main branch has, because there it takes effect when it is merged.
 */
export interface WrittenBefore {
  readonly score: DeployedScores;
  entity(ref: EntityRef): Before;
  /** A document of one of our own kinds, a workflow, a Dockerfile. */
  file(path: string): Before;
}

/** Nobody knows what was written before. */
export const writtenUnknown: WrittenBefore = {
  score: () => undefined,
  entity: () => undefined,
  file: () => undefined,
};

/**
 * What the main branch has; each file is read when something asks for what it replaces.
 *
 * @param snapshot of the commit at which a change left the main branch
 */
export function writtenOnMain(
  snapshot: Snapshot,
  parseDockerfile: (text: string) => ParsedDockerfile,
): Omit<WrittenBefore, 'score'> {
  const catalog = once(() => loadPlatform(snapshot).catalog);
  return {
    entity(ref) {
      const entity = catalog().get(ref);
      // Nobody wrote what is derived.
      if (entity === undefined || entity.ref !== ref) return null;
      return isObject(entity.value) ? entity.value : undefined;
    },
    file: (path) => fileIn(snapshot, path, parseDockerfile),
  };
}

function fileIn(snapshot: Snapshot, path: string, parseDockerfile: (text: string) => ParsedDockerfile): Before {
  const entry = snapshot.entry(path);
  if (entry === undefined) return null;
  const service = dockerfileService(path);
  if (service !== undefined) {
    const bytes = entry.mode === '120000' ? undefined : snapshot.read(path);
    const text = bytes && decodeText(bytes);
    return text === undefined
      ? undefined
      : dockerfileDocument(textSource(path, entry.oid, text), service, parseDockerfile(text)).object;
  }
  const { source } = readSource(snapshot, entry);
  if (source === undefined) return undefined;
  if (isWorkflowFile(path)) return workflowDocument(source).object;
  const [object] = source.documents;
  return isObject(object) ? object : undefined;
}
