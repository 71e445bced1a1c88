import { decodeText } from '../digest/text.ts';
import { fileStart } from '../finding/file-start.ts';
import type { Position } from '../finding/finding.ts';

const lineFeed = 0x0a;

/** The first byte of a file that is not UTF-8: where an editor that guessed another encoding shows a strange letter. */
export function notUtf8At(path: string, bytes: Uint8Array): Position {
  let line = 1;
  for (let start = 0; start <= bytes.length; line += 1) {
    const feed = bytes.indexOf(lineFeed, start);
    const end = feed < 0 ? bytes.length : feed;
    const content = bytes.subarray(start, end);
    if (decodeText(content) === undefined) {
      const column = validPrefix(content).length + 1;
      return { path, line, column, endLine: line, endColumn: column };
    }
    start = end + 1;
  }
  return fileStart(path);
}

/** What stands before the first bad byte. An end in the middle of a character is none yet, so that halving finds it. */
function validPrefix(bytes: Uint8Array): string {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decodesSoFar(bytes.subarray(0, middle)) === undefined) bad = middle;
    else good = middle;
  }
  return decodesSoFar(bytes.subarray(0, good)) ?? '';
}

function decodesSoFar(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
