import { type CatalogGraph, type EntityRef, isDerived, type Json, nameOf } from '@idp/core';
import { codeCell, markdownTable, table } from '@idp/report';

type GraphEntity = CatalogGraph['entities'][number];

/** One line of the list. */
export interface Listed {
  readonly entity: GraphEntity;
  readonly owners: readonly EntityRef[];
  readonly systems: readonly EntityRef[];
  readonly path: string;
}

export function listed(graph: CatalogGraph, entity: GraphEntity): Listed {
  const relations = graph.relationsOf(entity.ref);
  return {
    entity,
    owners: relations.flatMap(({ type, target }) => (type === 'ownedBy' ? [target] : [])),
    systems: relations.flatMap(({ type, target }) =>
      type === 'partOf' && target.startsWith('system:') ? [target] : [],
    ),
    path: isDerived(entity) ? entity.file : entity.source.path,
  };
}

const headers = ['kind', 'name', 'owner', 'system', 'where'];

export function entitiesTable(rows: readonly Listed[], colour: boolean): string {
  return table(
    rows.map((row) => cells(row)),
    { headers, colour },
  );
}

export function markdownEntities(rows: readonly Listed[]): string {
  return markdownTable(
    headers,
    rows.map((row) => cells(row).map((cell) => (cell === '' ? '' : codeCell(cell)))),
  );
}

export function entitiesJson(rows: readonly Listed[]): Json {
  return rows.map(({ entity, owners, systems, path }) => ({
    ref: entity.ref,
    kind: entity.kind,
    namespace: entity.namespace,
    name: entity.name,
    ...(owners[0] !== undefined && { owner: owners[0] }),
    ...(systems[0] !== undefined && { system: systems[0] }),
    path,
    derived: isDerived(entity),
  }));
}

function cells({ entity, owners, systems, path }: Listed): readonly string[] {
  const name = entity.namespace === 'default' ? entity.name : `${entity.namespace}/${entity.name}`;
  const mark = isDerived(entity) ? ' *' : '';
  return [entity.kind, `${name}${mark}`, owners.map(short).join(', '), systems.map(short).join(', '), path];
}

/** What people call it, where the column says the rest. */
function short(ref: EntityRef): string {
  return /^(group|system):default\//.test(ref) ? nameOf(ref) : ref;
}
