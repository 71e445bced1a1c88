import type { FileMode, SnapshotEntry } from '@idp/core';

/** Splits NUL-terminated records. Byte-wise, since paths need not be UTF-8. */
export function* nulRecords(output: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = output.indexOf(0); end >= 0; end = output.indexOf(0, start)) {
    yield output.subarray(start, end);
    start = end + 1;
  }
}

/** git's mode as one of the four that exist today: old trees hold 100664 and its like. */
export function fileMode(octal: string): FileMode {
  if (octal === '120000' || octal === '160000') return octal;
  return (Number.parseInt(octal, 8) & 0o100) === 0 ? '100644' : '100755';
}

/** Entries of `git ls-tree -r -z`: `<mode> <type> <oid>\t<path>`. A path that is not UTF-8 gets replacement characters. */
export function parseTree(output: Buffer): SnapshotEntry[] {
  return Array.from(nulRecords(output), (record) => {
    const tab = record.indexOf(0x09);
    const [mode = '', , oid = ''] = record.toString('latin1', 0, tab).split(' ');
    return { path: record.toString('utf8', tab + 1), mode: fileMode(mode), oid: sha1Only(oid) };
  });
}

/** Merged entries of `git ls-files -s -z`: `<mode> <oid> <stage>\t<path>`; the stages of a conflict are left out. */
export function parseIndex(output: Buffer): SnapshotEntry[] {
  const entries: SnapshotEntry[] = [];
  for (const record of nulRecords(output)) {
    const tab = record.indexOf(0x09);
    const [mode = '', oid = '', stage] = record.toString('latin1', 0, tab).split(' ');
    if (stage !== '0') continue;
    entries.push({ path: record.toString('utf8', tab + 1), mode: fileMode(mode), oid: sha1Only(oid) });
  }
  return entries;
}

function sha1Only(oid: string): string {
  if (oid.length === 40) return oid;
  throw new Error('repositories with SHA-256 object names are not supported');
}
