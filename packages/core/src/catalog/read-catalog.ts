import { fileStart } from '../finding/file-start.ts';
import type { Finding, Position } from '../finding/finding.ts';
import { property, stringOf } from '../json/json.ts';
import { appConfigFile } from '../layout/paths.ts';
import type { Snapshot, SnapshotEntry } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';
import type { Store } from '../store/store.ts';
import { isCatalogKind } from './entity.schema.ts';
import { type Entity, entityOf } from './entity.ts';
import { formFindings, notAnEntity } from './entity-findings.ts';
import type { EntityRef } from './entity-reference.ts';
import { readAppConfig } from './files/app-config.ts';
import { catalogStart, visitCatalogFiles } from './files/catalog-start.ts';
import { targetFinder } from './files/location-targets.ts';
import { isSkeletonEntity, isSkeletonFile } from './files/skeleton.ts';
import { contentReader } from './files/substitution.ts';
import { notRead, type ReadDocument, readDocument } from './read-document.ts';

export interface CatalogInput {
  readonly snapshot: Snapshot;
  /** What `spec.ignore` of idp.yaml names. */
  readonly ignored: (path: string) => boolean;
  readonly store?: Store | undefined;
}

/** The entities that somebody wrote, and what is wrong with the form of each. */
export interface WrittenEntities {
  /** All that could be read, also those that have findings: one bad entity must not hide others. */
  readonly entities: readonly Entity[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the entities of the catalog's files and of all files that Locations lead to, with what `$text`, `$json` and
 * `$yaml` put into them. Only files of the repository are read; what is elsewhere is named, never fetched.
 */
export function readCatalog({ snapshot, ignored, store }: CatalogInput): WrittenEntities {
  const entities: Entity[] = [];
  const findings: Finding[] = [];
  const start = catalogStart(snapshot, ignored);
  const access = { content: contentReader(snapshot), find: targetFinder(snapshot) };
  const visited = visitCatalogFiles(start.entries, (entry, depth) => {
    const byName = start.byName.has(entry.path);
    const { source, findings: unreadable } = readSource(snapshot, entry, store);
    if (source === undefined) {
      findings.push(...(isLookAlike(entry, snapshot, byName) ? unreadable.map(notOurs) : unreadable));
      return [];
    }
    if (entry.path === appConfigFile) {
      const read = readAppConfig(source, snapshot, access);
      findings.push(...read.findings);
      return read.targets.filter(({ path }) => !ignored(path));
    }
    const targets: SnapshotEntry[] = [];
    source.documents.forEach((document, index) => {
      if (document === null) return;
      if (byName && isSkeletonEntity(document)) {
        findings.push(skeleton(source.locate(['metadata', 'name'], 'value', index)));
        return;
      }
      const read = readDocument(source, index, depth, access);
      targets.push(...read.targets.filter(({ path }) => !ignored(path)));
      const described = describe(source, index, read);
      findings.push(...read.findings, ...described.findings);
      if (described.entity !== undefined) entities.push(described.entity);
    });
    return targets;
  });
  findings.push(...start.elsewhere.filter((path) => !visited.has(path)).map(outOfPlace));
  return { entities, findings };
}

/** The first entity of this name in one file, as `readCatalog` reads it. */
export function readEntity(snapshot: Snapshot, path: string, ref: EntityRef): Entity | undefined {
  const entry = snapshot.entry(path);
  const source = entry && readSource(snapshot, entry).source;
  const access = { content: contentReader(snapshot), find: targetFinder(snapshot) };
  return source?.documents
    .flatMap((document, index) =>
      document === null ? [] : (describe(source, index, readDocument(source, index, 0, access)).entity ?? []),
    )
    .find((entity) => entity.ref === ref);
}

function describe(source: Source, document: number, { value, unknown }: ReadDocument) {
  const kind = stringOf(property(value, 'kind'))?.toLowerCase() ?? '';
  if (!isCatalogKind(kind)) return { findings: [notAnEntity(source, document, value)] };
  const entity = entityOf(source, document, value);
  return { entity, findings: formFindings({ kind, value, source, document, unknown }) };
}

/** A file that only a name has made one of the catalog, and that cannot be read. */
function isLookAlike(entry: SnapshotEntry, snapshot: Snapshot, byName: boolean): boolean {
  return entry.path === appConfigFile || (byName && isSkeletonFile(snapshot, entry));
}

function notOurs(unreadable: Finding): Finding {
  return unreadable.path === appConfigFile
    ? notRead(`this is no YAML that can be read: ${unreadable.message}`, unreadable)
    : skeleton(unreadable);
}

function outOfPlace(path: string): Finding {
  return notRead(
    'this is no place of the catalog: it was not read',
    fileStart(path),
    'name it in the `targets` of a location, or in `spec.ignore` of idp.yaml to silence this',
  );
}

function skeleton(place: Partial<Position>): Finding {
  return notRead(
    'this is a skeleton of a template, not an entity: it was not read',
    place,
    'name its folder in `spec.ignore` of idp.yaml to silence this',
  );
}
