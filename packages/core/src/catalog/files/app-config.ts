import type { Finding, Position } from '../../finding/finding.ts';
import { type Json, property, stringOf } from '../../json/json.ts';
import type { Pointer } from '../../json/pointer.ts';
import { appConfigFile } from '../../layout/paths.ts';
import type { Snapshot, SnapshotEntry } from '../../snapshot/snapshot.ts';
import type { Source } from '../../source/source.ts';
import { type FileAccess, notRead, unresolvedTarget } from '../read-document.ts';
import { entriesBelow } from './entries-below.ts';

/** Backstage's backend resolves paths from the folder that it runs in: of a new app, this one. */
const backendFolder = 'packages/backend';

/**
 * `catalog.locations` of Backstage's app-config.yaml (Backstage, "Catalog Configuration", "Static Location
 * Configuration"): files of the repository; what they name elsewhere is said to be missing. Nothing else in that file
 * is read.
 */
export function readAppConfig(source: Source, snapshot: Snapshot, { find }: FileAccess) {
  const targets: SnapshotEntry[] = [];
  const findings: Finding[] = [];
  const from = entriesBelow(snapshot, backendFolder).length > 0 ? `${backendFolder}/index` : appConfigFile;
  source.documents.forEach((document, index) => {
    const locations = property(property(document, 'catalog'), 'locations');
    if (!Array.isArray(locations)) return;
    locations.forEach((location: Json, number) => {
      const pointer: Pointer = ['catalog', 'locations', number, 'target'];
      const at = (): Position => source.locate(pointer, 'value', index);
      const text = stringOf(property(location, 'target'));
      if (text === undefined) return;
      const found = property(location, 'type') === 'file' ? find({ text, pointer }, from) : elsewhere;
      if (found.kind === 'files') targets.push(...found.entries);
      else if (found.kind === 'nothing') findings.push(unresolvedTarget(found, at()));
      else findings.push(notRead('this location is not in this repository: it was not read', at()));
    });
  });
  return { targets, findings };
}

const elsewhere = { kind: 'elsewhere' } as const;
