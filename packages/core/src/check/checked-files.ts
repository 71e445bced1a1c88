import type { Finding } from '../finding/finding.ts';
import { isWaiverFile, platformFile } from '../layout/paths.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';

/** Files that only policies look at, beside those that make a platform. */
export interface CheckedFiles {
  /** Documents of our own kinds that no stage keeps: idp.yaml and waivers. */
  readonly own: readonly Source[];
  readonly findings: readonly Finding[];
}

/** Reads the files that only policies look at. */
export function checkedFiles(snapshot: Snapshot): CheckedFiles {
  const findings: Finding[] = [];
  const own: Source[] = [];
  for (const entry of snapshot.list()) {
    if (entry.path !== platformFile && !isWaiverFile(entry.path)) continue;
    const read = readSource(snapshot, entry);
    // What is wrong with idp.yaml is said when the platform is loaded.
    if (entry.path !== platformFile) findings.push(...read.findings);
    if (read.source !== undefined) own.push(read.source);
  }
  return { own, findings };
}
