import { fileMode, Listing, type SnapshotEntry } from '@idp/core';

/** Splits NUL-terminated records. Byte-wise, since paths need not be UTF-8. */
export function* nulRecords(output: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = output.indexOf(0); end >= 0; end = output.indexOf(0, start)) {
    yield output.subarray(start, end);
    start = end + 1;
  }
}

/** Entries of `git ls-tree -r -z`: `<mode> <type> <oid>\t<path>`. A path that is not UTF-8 gets replacement characters. */
export function parseTree(output: Buffer): SnapshotEntry[] {
  return Array.from(nulRecords(output), (record) => {
    const tab = record.indexOf(0x09);
    const [mode = '', , oid = ''] = record.toString('latin1', 0, tab).split(' ');
    return { path: record.toString('utf8', tab + 1), mode: fileMode(mode), oid: sha1Only(oid) };
  });
}

/**
 * What `git ls-files -s -z` printed. A path that is not UTF-8 gets replacement characters.
 *
 * @throws for ids that are not SHA-1's
 */
export function listingOf(output: Buffer): Listing {
  const oid = output.indexOf(0x20) + 1;
  if (output.length > 0) sha1Only(output.toString('latin1', oid, output.indexOf(0x20, oid)));
  return new Listing(output.toString('utf8'));
}

function sha1Only(oid: string): string {
  if (oid.length === 40) return oid;
  throw new Error('repositories with SHA-256 object names are not supported');
}
