import { nulRecords } from './parse-entries.ts';

/** What differs between the index and the working tree. Paths are bytes: they go back to git as they came. */
export interface Status {
  /** Tracked, changed or in conflict, and there (perhaps as something that git does not track). */
  readonly changed: readonly Buffer[];
  /** Tracked and gone. */
  readonly deleted: readonly Buffer[];
  /** Neither tracked nor ignored. */
  readonly untracked: readonly Buffer[];
}

const slash = 0x2f;
/** How many fields, each followed by a space, come before the path (git-status, "Porcelain Format Version 2"). */
const fieldsBefore = { '1': 8, u: 10, '?': 1 } as const;

/** Parses `git status --porcelain=v2 -z --no-renames`. */
export function parseStatus(output: Buffer): Status {
  const changed: Buffer[] = [];
  const deleted: Buffer[] = [];
  const untracked: Buffer[] = [];
  for (const record of nulRecords(output)) {
    const kind = String.fromCharCode(record[0] ?? 0);
    if (kind !== '1' && kind !== 'u' && kind !== '?') continue;
    const { fields, path } = split(record, fieldsBefore[kind]);
    if (kind === '?') {
      // A path with a slash at its end is a repository inside this one: git does not look into it either.
      if (path.at(-1) !== slash) untracked.push(path);
      continue;
    }
    // The second letter of XY compares the working tree to the index; `mW` is 000000 for what is gone.
    const inWorkingTree = fields[1]?.[1];
    const goneFromConflict = kind === 'u' && fields[6] === '000000';
    if (inWorkingTree === 'D' && kind === '1') deleted.push(path);
    else if (goneFromConflict) deleted.push(path);
    else if (inWorkingTree !== '.') changed.push(path);
  }
  return { changed, deleted, untracked };
}

function split(record: Buffer, count: number): { fields: string[]; path: Buffer } {
  let at = 0;
  for (let field = 0; field < count; field++) at = record.indexOf(0x20, at) + 1;
  return { fields: record.toString('latin1', 0, at).split(' '), path: record.subarray(at) };
}
