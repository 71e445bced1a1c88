import { once } from '../json/once.ts';
import type { FileMode, SnapshotEntry } from './snapshot.ts';

/**
 * The entries of a snapshot as one text, as `git ls-files -s -z` prints an index: `<mode> <oid> <stage>\t<path>\0` each,
 * sorted. Who asks for some of them, or for what differs from another listing, does not pay for the others.
 */
export class Listing {
  readonly text: string;
  private readonly parsed = once(() => recordsIn(this.text));

  constructor(text: string) {
    this.text = text;
  }

  static of(entries: Iterable<SnapshotEntry>): Listing {
    let text = '';
    for (const { mode, oid, path } of entries) text += `${mode} ${oid} 0\t${path}\0`;
    return new Listing(text);
  }

  /** All of them; the sides of a conflict are none. */
  get entries(): readonly SnapshotEntry[] {
    return this.parsed();
  }

  /** Those whose path begins so. They stand together, because the text is sorted. */
  startingWith(prefix: string): readonly SnapshotEntry[] {
    return recordsIn(this.text, this.first(prefix), this.afterLast(prefix));
  }

  /** All others. */
  notStartingWith(prefix: string): readonly SnapshotEntry[] {
    const first = this.first(prefix);
    return [...recordsIn(this.text, 0, first), ...recordsIn(this.text, Math.max(first, this.afterLast(prefix)))];
  }

  entry(path: string): SnapshotEntry | undefined {
    return this.startingWith(path).find((entry) => entry.path === path);
  }

  /** Where the first record begins whose path begins so; the end when there is none. */
  private first(prefix: string): number {
    const { text } = this;
    const sought = `\t${prefix}`;
    for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
      const start = at - pathAt + 1;
      if (isStart(text, start)) return start;
    }
    return text.length;
  }

  /** Where the last of them ends. */
  private afterLast(prefix: string): number {
    const { text } = this;
    const sought = `\t${prefix}`;
    for (let at = text.lastIndexOf(sought); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(sought, at - 1))
      if (isStart(text, at - pathAt + 1)) return endOf(text, at);
    return 0;
  }
}

/** What is at a path in two listings, where it is not the same. */
export interface ListedChange {
  readonly before: SnapshotEntry | undefined;
  readonly after: SnapshotEntry | undefined;
}

/** What differs between two listings, by path. What is the same on both sides is only compared, never parsed. */
export function changesBetween(before: Listing, after: Listing): ReadonlyMap<string, ListedChange> {
  const [a, b] = [before.text, after.text];
  const removed: SnapshotEntry[] = [];
  const added: SnapshotEntry[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const same = startAtOrBefore(a, i, i + sameFrom(a, i, b, j)) - i;
    i += same;
    j += same;
    const [left, right] = [pathIn(a, i), pathIn(b, j)];
    if (left !== undefined && (right === undefined || left <= right)) {
      const end = endOf(a, i);
      removed.push(...recordsIn(a, i, end));
      i = end;
    }
    if (right !== undefined && (left === undefined || right <= left)) {
      const end = endOf(b, j);
      added.push(...recordsIn(b, j, end));
      j = end;
    }
  }
  const changes = new Map<string, ListedChange>();
  for (const entry of removed) changes.set(entry.path, { before: entry, after: undefined });
  for (const entry of added) {
    const old = changes.get(entry.path)?.before;
    if (old?.oid === entry.oid && old.mode === entry.mode) changes.delete(entry.path);
    else changes.set(entry.path, { before: old, after: entry });
  }
  return changes;
}

/** git's mode as one of the four that exist today: old trees hold 100664 and its like. */
export function fileMode(octal: string): FileMode {
  if (octal === '120000' || octal === '160000') return octal;
  return (Number.parseInt(octal, 8) & 0o100) === 0 ? '100644' : '100755';
}

/** A mode has six digits, an id forty, a stage one. */
const oidAt = '100644 '.length;
const stageAt = oidAt + 41;
const pathAt = stageAt + 2;

function recordsIn(text: string, start = 0, end = text.length): SnapshotEntry[] {
  const entries: SnapshotEntry[] = [];
  for (let at = start; at < end; ) {
    const next = endOf(text, at);
    if (text[at + stageAt] === '0') {
      const path = text.slice(at + pathAt, next - 1);
      entries.push({
        path,
        mode: fileMode(text.slice(at, at + oidAt - 1)),
        oid: text.slice(at + oidAt, at + stageAt - 1),
      });
    }
    at = next;
  }
  return entries;
}

function pathIn(text: string, at: number): string | undefined {
  return at < text.length ? text.slice(at + pathAt, endOf(text, at) - 1) : undefined;
}

/** Where the record ends that a place is in. */
function endOf(text: string, at: number): number {
  const end = text.indexOf('\0', at);
  return end < 0 ? text.length : end + 1;
}

function isStart(text: string, at: number): boolean {
  return at === 0 || (at > 0 && text[at - 1] === '\0');
}

/** Where the record of a place begins; the place itself when a record ends there. */
function startAtOrBefore(text: string, from: number, at: number): number {
  return at === 0 ? 0 : Math.max(from, text.lastIndexOf('\0', at - 1) + 1);
}

/** How many characters are the same from two places on: by pieces that grow, then shrink to the one that differs. */
function sameFrom(a: string, i: number, b: string, j: number): number {
  const most = Math.min(a.length - i, b.length - j);
  let same = 0;
  let growing = true;
  for (let piece = 256; piece > 0 && same < most; ) {
    const size = Math.min(piece, most - same);
    if (a.slice(i + same, i + same + size) === b.slice(j + same, j + same + size)) {
      same += size;
      if (growing) piece = Math.min(piece * 4, 1 << 20);
    } else {
      growing = false;
      piece = size >> 1;
    }
  }
  return same;
}
