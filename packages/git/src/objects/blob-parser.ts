export interface BlobParser {
  /** Takes the next bytes that `git cat-file --batch` printed, cut anywhere. */
  push(chunk: Uint8Array): void;
}

/**
 * Parses the output of `git cat-file --batch`: `<oid> <type> <size>\n<bytes>\n`, or `<oid> missing\n`.
 * Works on bytes, since blobs hold anything; copies only what is cut between two chunks.
 *
 * @param onBlob called for each object in order; `undefined` for a missing one
 */
export function blobParser(onBlob: (oid: string, bytes: Uint8Array | undefined) => void): BlobParser {
  let header = '';
  let oid = '';
  let bytes: Uint8Array | undefined;
  let filled = 0;

  /** Reads from a header; gives back how far it came. */
  function readHeader(chunk: Uint8Array, at: number): number {
    const end = chunk.indexOf(0x0a, at);
    header += Buffer.from(chunk.subarray(at, end < 0 ? chunk.length : end)).toString('latin1');
    if (end < 0) return chunk.length;
    const [name = '', , size] = header.split(' ');
    header = '';
    oid = name;
    if (size === undefined) onBlob(name, undefined);
    else bytes = new Uint8Array(Number(size));
    filled = 0;
    return end + 1;
  }

  /** Reads a blob's bytes and the line break after them. */
  function readBytes(chunk: Uint8Array, at: number, into: Uint8Array): number {
    const part = chunk.subarray(at, at + into.length - filled);
    into.set(part, filled);
    filled += part.length;
    const next = at + part.length;
    if (filled < into.length || next >= chunk.length) return next;
    bytes = undefined;
    onBlob(oid, into);
    return next + 1;
  }

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) at = bytes === undefined ? readHeader(chunk, at) : readBytes(chunk, at, bytes);
    },
  };
}
