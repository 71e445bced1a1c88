import { decodeText } from '../digest/text.ts';
import type { Finding } from '../finding/finding.ts';
import { dockerfileService, isWorkflowFile, platformFile, waiverFile } from '../layout/paths.ts';
import type { Snapshot, SnapshotEntry } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';
import { textSource } from '../source/text-source.ts';
import { dockerfileDocument, type FileDocument, type ParsedDockerfile, workflowDocument } from './file-document.ts';

/** Files that only policies look at, beside those that make a platform. */
export interface CheckedFiles {
  /** Documents of our own kinds that no stage keeps: idp.yaml and waivers. */
  readonly own: readonly Source[];
  readonly workflows: readonly FileDocument[];
  /** The Dockerfiles of a service; read when they are asked for. */
  dockerfiles(service: string): FilesOfService;
  /** What cannot be read, and so is not judged. */
  readonly findings: readonly Finding[];
}

export interface FilesOfService {
  readonly documents: readonly FileDocument[];
  readonly findings: readonly Finding[];
}

/** A Dockerfile longer than this (bytes) is nobody's work. */
const maxDockerfile = 100_000;

/**
 * Reads the files that only policies look at.
 *
 * @param parseDockerfile the same answer for the same text
 */
export function checkedFiles(snapshot: Snapshot, parseDockerfile: (text: string) => ParsedDockerfile): CheckedFiles {
  const findings: Finding[] = [];
  const own: Source[] = [];
  const workflows: FileDocument[] = [];
  const byService = new Map<string, SnapshotEntry[]>();
  for (const entry of snapshot.list()) {
    const { path } = entry;
    const service = dockerfileService(path);
    if (service !== undefined) byService.set(service, [...(byService.get(service) ?? []), entry]);
    if (path !== platformFile && waiverFile(path) === undefined && !isWorkflowFile(path)) continue;
    const read = readSource(snapshot, entry);
    // What is wrong with idp.yaml is said when the platform is loaded.
    if (path !== platformFile) findings.push(...read.findings);
    if (read.source === undefined) continue;
    if (isWorkflowFile(path)) workflows.push(workflowDocument(read.source));
    else own.push(read.source);
  }
  // Most Dockerfiles are managed by a capability: the same text in service after service.
  const parsed = new Map<string, ParsedDockerfile>();
  const parse = (text: string): ParsedDockerfile => {
    const known = parsed.get(text) ?? parseDockerfile(text);
    if (parsed.size > 100) parsed.clear();
    parsed.set(text, known);
    return known;
  };
  return {
    own,
    workflows,
    findings,
    dockerfiles: (service) => readDockerfiles(snapshot, service, byService.get(service) ?? [], parse),
  };
}

function readDockerfiles(
  snapshot: Snapshot,
  service: string,
  entries: readonly SnapshotEntry[],
  parse: (text: string) => ParsedDockerfile,
): FilesOfService {
  const documents: FileDocument[] = [];
  const findings: Finding[] = [];
  for (const { path, oid, mode } of entries) {
    const refuse = (code: string, message: string, hint: string): void => {
      findings.push({ code, severity: 'error', message, hint, path, line: 1, column: 1 });
    };
    const bytes = mode === '120000' ? undefined : snapshot.read(path);
    const text = bytes && decodeText(bytes);
    if (bytes === undefined) refuse('source/symlink', 'a symbolic link is not followed', 'put the file itself here');
    else if (bytes.length > maxDockerfile)
      refuse('source/too-large', `${bytes.length} bytes are more than ${maxDockerfile}`, 'make it shorter');
    else if (text === undefined) refuse('source/not-utf8', 'the file is not UTF-8', 'save it as UTF-8');
    else documents.push(dockerfileDocument(textSource(path, oid, text), service, parse(text)));
  }
  return { documents, findings };
}
