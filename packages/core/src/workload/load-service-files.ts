import { decodeText } from '../digest/text.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, Outcome } from '../finding/finding.ts';
import { positionOf } from '../provenance/origin.ts';
import { child, sortedEntries, stringIn, type Traced, toJson } from '../provenance/traced.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { textSource } from '../source/text-source.ts';
import { mountsOf, sayAny } from './mounts.ts';
import { maxConfigMap, pathInService, type ServiceFile } from './service-file.ts';

/**
 * The files that `files.<target>.source` of a service's Score documents name, by their paths in its folder.
 *
 * @param scores the base, and one document for each override
 * @returns the findings `workload/file-source`: not there, outside of the folder, a symbolic link, too large
 */
export function loadServiceFiles(
  snapshot: Snapshot,
  service: string,
  scores: readonly Traced[],
): Outcome<ReadonlyMap<string, ServiceFile>> & { readonly value: ReadonlyMap<string, ServiceFile> } {
  const files = new Map<string, ServiceFile>();
  const findings: Finding[] = [];
  for (const node of scores.filter((score) => sayAny(toJson(score), ['files'])).flatMap(sourcesOf)) {
    const source = stringIn(node) ?? '';
    const refuse = (message: string, hint: string): void => {
      findings.push({ code: 'workload/file-source', severity: 'error', message, hint, ...positionOf(node.origin) });
    };
    const place = pathInService(source);
    if ('problem' in place) {
      refuse(`${quote(source)} is not read: ${place.problem}`, `name a file in services/${service}, relative to it`);
      continue;
    }
    if (files.has(place.path)) continue;
    const read = readServiceFile(snapshot, service, place.path);
    if ('message' in read) refuse(read.message, read.hint);
    else files.set(place.path, read);
  }
  return { value: files, findings };
}

/** The nodes `source` of all files of a Score document. */
export function sourcesOf(score: Traced): readonly Traced[] {
  return sortedEntries(child(score, 'containers')).flatMap(([, container]) =>
    mountsOf(container, 'files').flatMap(({ node }) => {
      const source = child(node, 'source');
      return stringIn(source) === undefined || source === undefined ? [] : [source];
    }),
  );
}

function readServiceFile(
  snapshot: Snapshot,
  service: string,
  file: string,
): ServiceFile | { readonly message: string; readonly hint: string } {
  const folder = `services/${service}/`;
  const path = `${folder}${file}`;
  const entry = snapshot.entry(path);
  if (entry === undefined) {
    const names = snapshot
      .list()
      .flatMap((other) => (other.path.startsWith(folder) ? [other.path.slice(folder.length)] : []));
    return {
      message: `there is no file ${quote(path)}`,
      hint: didYouMean(file, names) ?? 'add it; a file that git ignores is not there',
    };
  }
  if (entry.mode === '120000')
    return { message: `${quote(path)} is a symbolic link, which is not followed`, hint: 'put the file itself there' };
  const bytes = snapshot.read(path);
  if (bytes === undefined) return { message: `${quote(path)} is not a file`, hint: 'name a file of this repository' };
  if (bytes.length > maxConfigMap)
    return {
      message: `${quote(path)} has ${bytes.length} bytes, a container gets at most ${maxConfigMap} of all files together`,
      hint: 'put it into the image, or let the container fetch it',
    };
  const text = decodeText(bytes);
  return { source: text === undefined ? undefined : textSource(path, entry.oid, text), bytes };
}
