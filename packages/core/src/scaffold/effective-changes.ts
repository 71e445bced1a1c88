import { decodeText } from '../digest/text.ts';
import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { gatePath } from '../layout/path-gate.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FileChange } from './file-change.ts';

/** Leaves out what is there already, and sends the rest through the path gate. */
export function effectiveChanges(
  snapshot: Snapshot,
  granted: readonly string[],
  changes: readonly FileChange[],
): { readonly changes: readonly FileChange[]; readonly findings: readonly Finding[] } {
  const findings = changes.flatMap(({ path }) => gatePath(path, granted, snapshot) ?? []);
  if (findings.length > 0) return { changes: [], findings: sortFindings(findings) };
  return { changes: changes.filter((change) => differs(snapshot, change)), findings: [] };
}

function differs(snapshot: Snapshot, { path, content, mode }: FileChange): boolean {
  const entry = snapshot.entry(path);
  if (entry === undefined || content === undefined) return entry !== undefined || content !== undefined;
  if (entry.mode !== (mode ?? '100644')) return true;
  const bytes = snapshot.read(path);
  return bytes === undefined || decodeText(bytes) !== content;
}
