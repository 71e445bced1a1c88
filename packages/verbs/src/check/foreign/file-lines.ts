import { decodeText } from '@idp/core';
import type { ReadLine } from '../../output/source-lines.ts';
import { readBytes } from './read-files.ts';

/** Lines of files for excerpts; findings come file by file, so one file is held. */
export function fileLines(cwd: string): ReadLine {
  let held: { readonly path: string; readonly lines: readonly string[] } | undefined;
  return (path, line) => {
    if (held?.path !== path) {
      const bytes = readBytes(cwd, path);
      held = { path, lines: ((bytes && decodeText(bytes)) ?? '').split('\n') };
    }
    return held.lines[line - 1]?.replace(/\r$/, '');
  };
}
