import {
  type CatalogGraph,
  isDerived,
  type Json,
  placeOf,
  property,
  type Relation,
  specString,
  stringOf,
} from '@idp/core';
import { type Cell, codeSpan, table, visibleText } from '@idp/report';

type GraphEntity = CatalogGraph['entities'][number];

/** What a person asks first of one entity, and all its relations. */
export function prettyEntity(graph: CatalogGraph, entity: GraphEntity, colour: boolean): string {
  const relations = graph.relationsOf(entity.ref);
  const rows = relations.map((relation, index): readonly Cell[] => [
    relation.type === relations[index - 1]?.type ? '' : relation.type,
    relation.target,
    note(graph, relation),
  ]);
  const headers = ['relation', 'entity', ...(rows.some(([, , last]) => last !== '') ? ['note'] : [])];
  const shown = relations.length === 0 ? 'no relations' : table(rows, { headers, colour });
  return [...headLines(entity), '', shown.trimEnd()].join('\n');
}

export function markdownEntity(graph: CatalogGraph, entity: GraphEntity): string {
  const lines = graph.relationsOf(entity.ref).map(({ type, target }) => `- ${type} ${codeSpan(target)}`);
  return [`**${codeSpan(entity.ref)}**`, '', ...lines].join('\n');
}

export function entityJson(graph: CatalogGraph, entity: GraphEntity): Json {
  const { path, line } = entityPlace(entity);
  return {
    ref: entity.ref,
    path,
    line,
    derived: isDerived(entity),
    ...(isDerived(entity) && { service: entity.service, resource: entity.path }),
    relations: graph.relationsOf(entity.ref).map(({ type, target }) => ({
      type,
      target,
      exists: graph.get(target) !== undefined,
    })),
    value: entity.value,
  };
}

function headLines(entity: GraphEntity): readonly string[] {
  const metadata = property(entity.value, 'metadata');
  const { path, line } = entityPlace(entity);
  const facts = ['type', 'lifecycle'].flatMap((field) => {
    const value = specString(entity, field);
    return value === undefined ? [] : [`${field} ${value}`];
  });
  const title = stringOf(property(metadata, 'title')) ?? displayName(entity);
  const description = stringOf(property(metadata, 'description'));
  return [
    title === undefined ? entity.ref : `${entity.ref}: ${title}`,
    ...(description === undefined ? [] : [description.trim()]),
    ...(facts.length === 0 ? [] : [facts.join(', ')]),
    `${isDerived(entity) ? 'derived from ' : ''}${path}:${line}`,
  ].map(visibleText);
}

function displayName(entity: GraphEntity): string | undefined {
  return stringOf(property(property(property(entity.value, 'spec'), 'profile'), 'displayName'));
}

function entityPlace(entity: GraphEntity) {
  return isDerived(entity) ? entity.place() : placeOf(entity, ['metadata', 'name']);
}

function note(graph: CatalogGraph, { target }: Relation): Cell {
  const other = graph.get(target);
  if (other === undefined) return { text: 'does not exist', tone: 'bad' };
  if (isDerived(other)) return { text: `${other.path} of ${other.service}, derived`, tone: 'dim' };
  return '';
}
