import { decodeText, NotLoadedError, type Snapshot } from '@idp/core';

/** A line of a file (from 1, without its line ending), for the excerpt under a finding. */
export type ReadLine = (path: string, line: number) => string | undefined;

/**
 * Lines of the very snapshot that the findings were made from: a commit's findings must not be explained by
 * what the working tree holds by now.
 */
export function sourceLines(snapshot: Snapshot): ReadLine {
  const files = new Map<string, readonly string[]>();
  return (path, line) => {
    let lines = files.get(path);
    if (lines === undefined) {
      lines = textOf(snapshot, path).split('\n');
      files.set(path, lines);
    }
    return lines[line - 1]?.replace(/\r$/, '');
  };
}

function textOf(snapshot: Snapshot, path: string): string {
  try {
    const bytes = snapshot.entry(path)?.mode === '120000' ? undefined : snapshot.read(path);
    return (bytes && decodeText(bytes)) ?? '';
  } catch (error) {
    if (error instanceof NotLoadedError) return '';
    throw error;
  }
}
