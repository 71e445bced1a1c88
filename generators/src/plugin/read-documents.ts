import { readFileSync, statSync } from 'node:fs';
import { CORE_SCHEMA, loadAll } from 'js-yaml';

/** Larger files are no descriptors; `idp validate` reports them. */
const maxBytes = 2_000_000;

/**
 * The YAML documents of a file, or none when it is missing or not YAML. Inference must never break the
 * project graph: `idp validate` says what is wrong with the file, and where.
 */
export function readDocuments(file: string): readonly unknown[] {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile() || stat.size > maxBytes) return [];
  try {
    return loadAll(readFileSync(file, 'utf8'), { schema: CORE_SCHEMA, maxDepth: 100, maxAliases: 100 });
  } catch {
    return [];
  }
}
