import { type Catalog, type CatalogGraph, type Finding, isDerived } from '@idp/core';
import { loadWorkingPlatform } from '../context/load.ts';
import { exitCode } from '../exit-code.ts';
import { listOption, stringOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb, VerbResult } from '../verb.ts';
import { findEntity, findOwner } from './find-entity.ts';
import { entitiesJson, entitiesTable, type Listed, listed, markdownEntities } from './list.ts';
import { entityJson, markdownEntity, prettyEntity } from './show.ts';

/** `idp catalog`: what there is, whose it is, and what belongs together. It judges nothing; `idp validate` does. */
export const catalog: Pick<Verb, 'run'> = {
  async run(options, context) {
    const loaded = await loadWorkingPlatform(options, context, 'findings');
    if (isResult(loaded)) return loaded;
    const { catalog: entities, findings } = loaded.platform;
    const graph = entities.graph();
    const notes = notesOf(findings);
    const name = stringOption(options, 'entity');
    return name === undefined ? list(graph, entities, options, notes) : show(graph, name, notes);
  },
};

function show(graph: CatalogGraph, name: string, notes: readonly string[]): VerbResult {
  const found = findEntity(graph, name);
  if (isResult(found)) return found;
  const json = entityJson(graph, found);
  return {
    exit: exitCode.fine,
    findings: [],
    summary: { entity: found.ref, relations: graph.relationsOf(found.ref).length },
    data: { entity: json },
    pretty: ({ colour }) => [prettyEntity(graph, found, colour), ...notes].join('\n\n'),
    markdown: () => markdownEntity(graph, found),
  };
}

function list(
  graph: CatalogGraph,
  catalog: Catalog,
  options: Readonly<Record<string, unknown>>,
  notes: readonly string[],
): VerbResult {
  const kinds = listOption(options, 'kind');
  const owners = listOption(options, 'owner').map((owner) => findOwner(graph, owner));
  const refused = owners.find((owner) => typeof owner !== 'string');
  if (refused !== undefined) return refused;
  const rows = graph.entities
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map((entity): Listed => listed(graph, entity))
    .filter((row) => owners.length === 0 || row.owners.some((owner) => owners.includes(owner)));
  if (rows.length === 0) {
    return graph.entities.length === 0
      ? usage('empty-catalog', 'the catalog has no entities', 'add them to catalog/, or begin with `idp g service`')
      : usage('nothing', 'no entity is of this kind and has this owner', '`idp catalog` lists them all');
  }
  const derived = graph.entities.filter(isDerived).length;
  const all = counted(graph.entities.length, 'entity', 'entities');
  const shown = rows.length === graph.entities.length ? all : `${rows.length} of ${all}`;
  const words = rows.some(({ entity }) => isDerived(entity)) ? `${shown}; * is derived from a Score file` : shown;
  return {
    exit: exitCode.fine,
    findings: [],
    summary: { entities: graph.entities.length, shown: rows.length, written: catalog.entities.length, derived },
    data: { entities: entitiesJson(rows) },
    pretty: ({ colour }) => [entitiesTable(rows, colour).trimEnd(), words, ...notes].join('\n\n'),
    markdown: () => `${markdownEntities(rows)}\n\n${words}`,
  };
}

/** A catalog that could not be read whole must not look as if it were. */
function notesOf(findings: readonly Finding[]): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const unread = findings.filter(({ code }) => code === 'catalog/not-read').length;
  return [
    ...(errors > 0
      ? [`The repository has ${counted(errors, 'error')}: \`idp validate\` shows what may be missing here`]
      : []),
    ...(unread > 0
      ? [
          `${counted(unread, 'place')} of the catalog ${unread === 1 ? 'was' : 'were'} not read: \`idp validate\` names ${unread === 1 ? 'it' : 'them'}`,
        ]
      : []),
  ];
}
