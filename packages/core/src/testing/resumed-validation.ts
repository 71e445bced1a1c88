import { Listing } from '../snapshot/listing.ts';
import { type LiteralFile, literalSnapshot } from '../snapshot/literal-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readMemory, type ValidationMemory, writeMemory } from '../validate/memory.ts';
import { resumeValidation } from '../validate/validate-changes.ts';
import { validateWhole } from '../validate/validate-whole.ts';
import type { Validation } from '../validate/validation.ts';

/** What a run says that remembers another one, and how it came to it. */
export interface ResumedValidation {
  readonly how: 'unchanged' | 'services' | 'everything';
  readonly validation: Validation;
  readonly memory: ValidationMemory | undefined;
  /** The files that were read, where not all of them were. */
  readonly read: readonly string[] | undefined;
  /** The services that were judged again, where not all of them were. */
  readonly again: readonly string[] | undefined;
}

export function resumedValidation(memory: ValidationMemory, snapshot: Snapshot): ResumedValidation {
  const stored = readMemory(writeMemory(memory));
  if (stored === undefined) throw new Error('what was written cannot be read');
  const resumption = resumeValidation(stored, Listing.of(snapshot.list()));
  if (resumption.kind === 'unchanged')
    return { how: 'unchanged', validation: resumption.validation, memory: stored, read: [], again: [] };
  if (resumption.kind === 'services') {
    for (;;) {
      const read: string[] = [];
      const { part } = resumption;
      const wanted = new Set(part.entries.filter(part.wanted).map(({ path }) => path));
      const answer = part.validate({
        ...snapshot,
        read(path) {
          if (!wanted.has(path)) throw new Error(`${path} is not wanted`);
          read.push(path);
          return snapshot.read(path);
        },
      });
      if (answer === 'everything') break;
      if (answer !== 'more') return { how: 'services', ...answer, read, again: [...part.services].sort() };
    }
  }
  const { validation, memory: next } = validateWhole(snapshot);
  return { how: 'everything', validation, memory: next, read: undefined, again: undefined };
}

/** Files by path, as a platform has them before some are changed. */
export type PlatformFiles = ReadonlyMap<string, LiteralFile>;

export function filesOf(snapshot: Snapshot): PlatformFiles {
  return new Map(snapshot.list().map(({ path, mode }) => [path, { mode, content: snapshot.read(path) ?? '' }]));
}

/** The files with changes laid over them; `null` takes one away. */
export function changedFiles(
  files: PlatformFiles,
  changes: readonly Readonly<Record<string, LiteralFile | null>>[],
): PlatformFiles {
  const all = new Map(files);
  for (const [path, file] of changes.flatMap((change) => Object.entries(change))) {
    if (file === null) all.delete(path);
    else all.set(path, file);
  }
  return all;
}

export function snapshotOfFiles(files: PlatformFiles): Snapshot {
  return literalSnapshot(Object.fromEntries(files));
}
