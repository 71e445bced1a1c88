import type { Position } from '../finding/finding.ts';
import type { JsonObject } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { workflowName } from '../layout/paths.ts';
import type { Source } from '../source/source.ts';

/** A file as policies read it: a document of one of our kinds, though what lies in the repository may be no such document. */
export interface FileDocument {
  readonly path: string;
  readonly object: JsonObject;
  /** Where the file has a value, or the nearest that exists. */
  locate(path: Pointer): Position;
}

/**
 * A workflow of GitHub Actions: its content is `spec`. Its keys are those of YAML 1.2, so that `on` is a word and not `true`.
 */
export function workflowDocument(source: Source): FileDocument {
  const object = {
    apiVersion: 'idp.internal/v1alpha1',
    kind: 'Workflow',
    metadata: { name: workflowName(source.path) },
    spec: source.documents[0] ?? null,
  };
  return {
    path: source.path,
    object,
    locate: ([first, ...rest]) => source.locate(first === 'spec' ? rest : [], rest.length === 0 ? 'key' : 'value'),
  };
}

/** One Dockerfile as a parser reads it; how is said where one is connected. */
export interface ParsedDockerfile {
  /** Becomes `spec`. */
  readonly spec: JsonObject;
  /** Offsets into the text of the value at a path, or the nearest that exists. */
  rangeOf(path: Pointer): { readonly start: number; readonly end: number };
}

/** The Dockerfile of a service. */
export function dockerfileDocument(source: Source, service: string, { spec, rangeOf }: ParsedDockerfile): FileDocument {
  const object = { apiVersion: 'idp.internal/v1alpha1', kind: 'Dockerfile', metadata: { name: service }, spec };
  return {
    path: source.path,
    object,
    locate: ([first, ...rest]) => source.locateRange(rangeOf(first === 'spec' ? rest : [])),
  };
}
