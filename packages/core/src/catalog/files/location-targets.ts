import picomatch from 'picomatch';
import { didYouMean, quote } from '../../finding/did-you-mean.ts';
import { type Json, property } from '../../json/json.ts';
import type { Pointer } from '../../json/pointer.ts';
import { isBoundedGlob } from '../../schema/primitives.ts';
import type { Snapshot, SnapshotEntry } from '../../snapshot/snapshot.ts';
import { entriesBelow } from './entries-below.ts';
import { repositoryPath } from './repository-path.ts';

/** One target of a Location, as it is written. */
export interface LocationTarget {
  readonly text: string;
  readonly pointer: Pointer;
}

export type FoundTarget =
  | { readonly kind: 'files'; readonly entries: readonly SnapshotEntry[] }
  /** Not of this repository. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'nothing'; readonly message: string; readonly hint: string };

/** `spec.target` and `spec.targets` of a Location. */
export function locationTargets(entity: Json): readonly LocationTarget[] {
  const spec = property(entity, 'spec');
  const found: LocationTarget[] = [];
  const add = (text: Json | undefined, pointer: Pointer): void => {
    if (typeof text === 'string') found.push({ text, pointer });
  };
  add(property(spec, 'target'), ['spec', 'target']);
  const targets = property(spec, 'targets');
  if (Array.isArray(targets)) targets.forEach((text: Json, index) => void add(text, ['spec', 'targets', index]));
  return found;
}

/** What a Location may be about; a type that plugins read by an interface of theirs leads elsewhere. */
export function leadsToFiles(entity: Json): boolean {
  return ['url', 'file', undefined].some((type) => type === property(property(entity, 'spec'), 'type'));
}

/** Matching is by pattern and path: so much of it, over all Locations together, is a catalog's need. */
const maxComparisons = 20_000_000;
const maxSuggestions = 1000;

/** Finds the files that the targets of Locations name; one for all Locations of a catalog. */
export function targetFinder(snapshot: Snapshot): (target: LocationTarget, from: string) => FoundTarget {
  const known = new Map<string, readonly SnapshotEntry[] | undefined>();
  let comparisons = 0;
  const matching = (path: string): readonly SnapshotEntry[] | undefined => {
    const parts = path.split('/');
    const first = parts.findIndex(isMagic);
    const folder = parts.slice(0, first).join('/');
    const pattern = parts.slice(first).join('/');
    if (!isBoundedGlob(pattern)) return undefined;
    const entries = entriesBelow(snapshot, folder);
    comparisons += entries.length;
    if (comparisons > maxComparisons) return undefined;
    const matches = picomatch(pattern, { noextglob: true });
    const start = folder === '' ? 0 : folder.length + 1;
    return entries.filter((entry) => matches(entry.path.slice(start)));
  };
  return ({ text }, from) => {
    const resolved = repositoryPath(text, from);
    if (resolved.kind === 'url') return { kind: 'elsewhere' };
    if (resolved.kind === 'refused')
      return nothing(`${quote(text)} is not a file of this repository: ${resolved.reason}`, fileHint);
    const { path } = resolved;
    const exact = snapshot.entry(path);
    if (exact !== undefined) return { kind: 'files', entries: [exact] };
    if (!path.split('/').some(isMagic))
      return nothing(`${quote(text)} does not exist`, missingHint(snapshot, path, from));
    if (!known.has(path)) known.set(path, matching(path));
    const entries = known.get(path);
    if (entries === undefined)
      return nothing(`${quote(text)} asks for too much`, 'name a folder, with one `*` or `**` below it');
    return entries.length > 0
      ? { kind: 'files', entries }
      : nothing(`no file matches ${quote(text)}`, 'mend the pattern; it is relative to this file');
  };
}

const fileHint = 'write a path relative to this file: `./components/*.yaml`';

function isMagic(part: string): boolean {
  return /[*?[{]/.test(part);
}

function nothing(message: string, hint: string): FoundTarget {
  return { kind: 'nothing', message, hint };
}

/**
 * The nearest name in the folder where the file is missing.
 *
 * @param from the file that names it, which is no name to suggest
 */
export function missingHint(snapshot: Snapshot, path: string, from?: string): string {
  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, Math.max(slash, 0));
  const below = entriesBelow(snapshot, folder)
    .slice(0, maxSuggestions)
    .filter((entry) => entry.path !== from);
  const names = below.map((entry) => entry.path.slice(slash + 1)).filter((name) => !name.includes('/'));
  const isFolder = entriesBelow(snapshot, path).length > 0;
  if (isFolder) return 'that is a folder: name files in it, `*.yaml` for all';
  return didYouMean(path.slice(slash + 1), names) ?? 'mend the path; it is relative to this file';
}
