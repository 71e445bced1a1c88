import type { EntityRef } from '../../catalog/entity-reference.ts';
import { nameOf } from '../../catalog/entity-reference.ts';
import { decodeText } from '../../digest/text.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { FileChange } from '../file-change.ts';

/** Where GitHub looks for the file, the first one counts (GitHub Docs, "About code owners"). */
export const codeOwnersFiles = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/**
 * A line for a folder in the repository's CODEOWNERS, among its like: the last line that matches counts, so that it goes behind
 * the general ones. `undefined` where there is no such file, it has the folder already, or it does not say which
 * organisation the teams are of.
 */
export function codeOwnersChange(snapshot: Snapshot, folder: string, owner: EntityRef): FileChange | undefined {
  const path = codeOwnersFiles.find((file) => snapshot.entry(file)?.mode === '100644');
  const bytes = path === undefined ? undefined : snapshot.read(path);
  const text = bytes && decodeText(bytes);
  if (path === undefined || text === undefined) return undefined;
  const [, organisation] = /^[^#\n]*\s@([A-Za-z0-9-]+)\//m.exec(text) ?? [];
  const lines = text.split('\n');
  const rule = `/${folder}/`;
  if (organisation === undefined || lines.some((line) => line.split(/\s/)[0] === rule)) return undefined;
  const parent = rule.slice(0, rule.lastIndexOf('/', rule.length - 2) + 1);
  const like = lines.flatMap((line, index) =>
    line.startsWith(parent) && line.split(/\s/)[0] !== parent ? [index] : [],
  );
  const column = lines[like[0] ?? -1]?.search(/@/) ?? -1;
  const line = `${column > rule.length ? rule.padEnd(column) : `${rule} `}@${organisation}/${nameOf(owner)}`;
  const before = like.findLast((index) => (lines[index] ?? '') < rule);
  const at = before === undefined ? (like[0] ?? endOf(lines)) : before + 1;
  return { path, content: [...lines.slice(0, at), line, ...lines.slice(at)].join('\n') };
}

function endOf(lines: readonly string[]): number {
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
}
