import type { Finding, Outcome } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import { LazyMap } from '../json/lazy-map.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Store } from '../store/store.ts';
import type { Capability } from './capability.ts';
import { packageFolders } from './package-folder.ts';
import { PackageReader } from './package-reader.ts';
import { requirementFindings } from './requirement-findings.ts';

/**
 * Reads every package below capabilities/, whole: its document by its schema, its templates against what
 * they will see, and its requirements against the others. A capability with an error is left out; those who use it get a finding that says so.
 */
export function loadCapabilities(
  snapshot: Snapshot,
  environmentValues: Json | undefined,
  store?: Store,
): Outcome<ReadonlyMap<string, Capability>> & { readonly value: ReadonlyMap<string, Capability> } {
  const findings: Finding[] = [];
  const capabilities = new Map<string, Capability>();
  const broken = new Set<string>();
  for (const [name, folder] of packageFolders(snapshot)) {
    const loaded = new PackageReader(folder, { environmentValues, store, checks: true }).read();
    findings.push(...loaded.findings);
    if (loaded.value === undefined) broken.add(name);
    else capabilities.set(loaded.value.name, loaded.value);
  }
  const unmet = requirementFindings(capabilities, broken);
  const usable = new Map([...capabilities].filter(([name]) => !unmet.has(name)));
  return { value: usable, findings: [...findings, ...[...unmet.values()].flat()] };
}

/**
 * The same of packages that are known to be right: each is read when somebody asks for it, and a part of it when somebody
 * asks for that. Nothing is checked again.
 */
export function knownCapabilities(
  snapshot: Snapshot,
  environmentValues: Json | undefined,
  store?: Store,
): ReadonlyMap<string, Capability> {
  const folders = packageFolders(snapshot);
  return new LazyMap(folders.keys(), (name) => {
    const folder = folders.get(name);
    const value = folder && new PackageReader(folder, { environmentValues, store, checks: false }).read().value;
    if (value === undefined) throw new Error(`capabilities/${name} was known to be right, and is not`);
    return value;
  });
}
