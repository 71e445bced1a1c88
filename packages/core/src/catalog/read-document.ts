import type { Finding, Position } from '../finding/finding.ts';
import { type Json, property, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import type { SnapshotEntry } from '../snapshot/snapshot.ts';
import type { Source } from '../source/source.ts';
import { maxLocationDepth } from './files/catalog-start.ts';
import { type FoundTarget, type LocationTarget, leadsToFiles, locationTargets } from './files/location-targets.ts';
import { type Content, type Substitution, substituted } from './files/substitution.ts';

/** How documents get at other files of the repository; `from` is the path of the file that names them. */
export interface FileAccess {
  readonly content: (substitution: Substitution, from: string) => Content;
  readonly find: (target: LocationTarget, from: string) => FoundTarget;
}

/** One document of a catalog file, with what other files hold put into it. */
export interface ReadDocument {
  readonly value: Json;
  /** Places whose values nobody knows: what should be there is elsewhere, or is not there. */
  readonly unknown: readonly Pointer[];
  /** The files that it leads to, when it is a Location. */
  readonly targets: readonly SnapshotEntry[];
  readonly findings: readonly Finding[];
}

/**
 * @param depth how many Locations led to its file
 */
export function readDocument(source: Source, document: number, depth: number, access: FileAccess): ReadDocument {
  const read = withSubstitutions(source, document, access);
  const isLocation = stringOf(property(read.value, 'kind'))?.toLowerCase() === 'location';
  if (!isLocation) return { ...read, targets: [] };
  const { targets, findings } = follow(read.value, source, document, depth, access);
  return { ...read, targets, findings: [...read.findings, ...findings] };
}

function withSubstitutions(source: Source, document: number, { content }: FileAccess) {
  const findings: Finding[] = [];
  const unknown: Pointer[] = [];
  const value = substituted(source.documents[document] ?? null, (substitution) => {
    const { pointer, key } = substitution;
    const found = content(substitution, source.path);
    if (found.kind === 'value') return found.value;
    unknown.push(pointer);
    if (found.kind === 'pending') return undefined;
    const place = source.locate([...pointer, key], 'value', document);
    findings.push(
      found.kind === 'elsewhere'
        ? notRead(`what ${key} names is not in this repository: it was not read`, place)
        : { code: 'catalog/unresolved-substitution', severity: 'error', ...problemOf(found), ...place },
    );
    return undefined;
  });
  return { value, unknown, findings };
}

/** The files that a Location leads to. */
function follow(value: Json, source: Source, document: number, depth: number, { find }: FileAccess) {
  const at = (pointer: Pointer): Position => source.locate(pointer, 'value', document);
  const targets: SnapshotEntry[] = [];
  const findings: Finding[] = [];
  if (!leadsToFiles(value)) {
    findings.push(notRead('locations of this type are not read', at(['spec', 'type'])));
    return { targets, findings };
  }
  const isOptional = property(property(value, 'spec'), 'presence') === 'optional';
  for (const target of locationTargets(value)) {
    const found = depth < maxLocationDepth ? find(target, source.path) : tooDeep;
    if (found.kind === 'files') targets.push(...found.entries);
    else if (found.kind === 'elsewhere')
      findings.push(notRead('this target is not in this repository: it was not read', at(target.pointer)));
    else if (!isOptional) findings.push(unresolvedTarget(found, at(target.pointer)));
  }
  return { targets, findings };
}

const tooDeep = {
  kind: 'nothing',
  message: `more than ${maxLocationDepth} locations lead here, one to the next`,
  hint: 'name the files in one location',
} as const;

function problemOf({ message, hint }: { readonly message: string; readonly hint: string }) {
  return { message, hint };
}

/** A Location that leads to nothing. */
export function unresolvedTarget(found: Extract<FoundTarget, { kind: 'nothing' }>, place: Position): Finding {
  return { code: 'catalog/unresolved-target', severity: 'error', ...problemOf(found), ...place };
}

/** What was left out is said, so that nobody takes a part for the whole. */
export function notRead(message: string, place: Partial<Position>, hint = notReadHint): Finding {
  return { ...place, code: 'catalog/not-read', severity: 'info', message, hint };
}

const notReadHint = 'nothing has to be done: what it holds is not part of the catalog here';
