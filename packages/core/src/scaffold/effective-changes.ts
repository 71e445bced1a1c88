import { blobId } from '../digest/digest.ts';
import { encodeText } from '../digest/text.ts';
import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { gatePath } from '../layout/path-gate.ts';
import { snapshotOf } from '../snapshot/index-entries.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FileChange } from './file-change.ts';

/** Leaves out what is there already, and sends the rest through the path gate. */
export function effectiveChanges(
  snapshot: Snapshot,
  granted: readonly string[],
  changes: readonly FileChange[],
): { readonly changes: readonly FileChange[]; readonly findings: readonly Finding[] } {
  const findings = gateChanges(snapshot, granted, changes);
  if (findings.length > 0) return { changes: [], findings };
  return { changes: changes.filter((change) => differs(snapshot, change)), findings: [] };
}

/** What the path gate says of all paths together; nothing is read. */
export function gateChanges(
  snapshot: Snapshot,
  granted: readonly string[],
  changes: readonly FileChange[],
): readonly Finding[] {
  const written = changes.flatMap(({ path, content, mode = '100644' as const }) =>
    content === undefined ? [] : [{ path, mode, oid: '' }],
  );
  // New files can stand in each other's way as well: `README.md` and `readme.md`, `a` and `a/b`.
  const together = snapshotOf(written, () => undefined);
  const findings = changes.flatMap(({ path }) => gatePath(path, granted, snapshot, together) ?? []);
  return sortFindings(findings);
}

/** Whether a change would change anything. Compared by git's ids, so that no file has to be read. */
export function differs(snapshot: Snapshot, { path, content, mode = '100644' }: FileChange): boolean {
  const entry = snapshot.entry(path);
  if (entry === undefined || content === undefined) return entry !== undefined || content !== undefined;
  return entry.mode !== mode || entry.oid !== blobId(encodeText(content));
}
