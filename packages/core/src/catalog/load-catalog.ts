import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, Outcome } from '../finding/finding.ts';
import { property, stringOf } from '../json/json.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import type { Source } from '../source/source.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import { type CatalogKind, entitySchemas, isCatalogKind } from './entity.schema.ts';
import { type Entity, entityOf, findingAt } from './entity.ts';
import { catalogRules } from './rules/rules.ts';

/** The entities of the catalog's files, and what is wrong with the form of each. */
export interface ReadEntities {
  /** All that could be read, also those that have findings: one bad entity must not hide others. */
  readonly entities: readonly Entity[];
  readonly findings: readonly Finding[];
}

/** Reads the entities of the catalog's files, each on its own. */
export function readEntities(sources: readonly Source[]): ReadEntities {
  const findings: Finding[] = [];
  const entities: Entity[] = [];
  for (const source of sources) {
    source.documents.forEach((document, index) => {
      if (document === null) return;
      const kind = stringOf(property(document, 'kind'))?.toLowerCase() ?? '';
      if (!isCatalogKind(kind)) findings.push(notAnEntity(source, index));
      else {
        const entity = entityOf(source, index);
        findings.push(...schemaFindings(kind, source, index, entity));
        if (entity !== undefined) entities.push(entity);
      }
    });
  }
  return { entities, findings };
}

/** Checks the entities that somebody wrote by the rules of `catalog/rules`: what they have to do with each other. */
export function checkCatalog(catalog: Catalog): readonly Finding[] {
  const findings: Finding[] = [];
  for (const entity of catalog.entities) {
    for (const { code, severity, check } of catalogRules) {
      for (const { at, ...violation } of check(entity, catalog)) {
        findings.push(findingAt(entity, at, { code, severity, ...violation }));
      }
    }
  }
  return findings;
}

/** Reads and checks a catalog of which nothing else is known. */
export function loadCatalog(sources: readonly Source[]): Outcome<Catalog> & { readonly value: Catalog } {
  const { entities, findings } = readEntities(sources);
  const value = catalogOf(entities);
  return { value, findings: [...findings, ...checkCatalog(value)] };
}

function schemaFindings(
  kind: CatalogKind,
  source: Source,
  document: number,
  entity: Entity | undefined,
): readonly Finding[] {
  return schemaProblems(entitySchemas[kind], source.documents[document] ?? null, 'ours').map((problem) => ({
    // What Backstage only ignores in `metadata` and `spec` is a warning of its own, `catalog/unknown-field`.
    code: problem.kind === 'unknown-field' ? 'catalog/foreign-field' : `catalog/${problem.kind}`,
    severity: 'error',
    message: problem.message,
    ...(problem.hint !== undefined && { hint: problem.hint }),
    ...(entity !== undefined && { subject: entity.ref }),
    ...source.locate(problem.pointer, problem.part, document),
  }));
}

/** Kinds of Backstage that this version does not read. */
const laterKinds = ['location', 'template'];

function notAnEntity(source: Source, document: number): Finding {
  const value = source.documents[document] ?? null;
  const kind = stringOf(property(value, 'kind'));
  const kinds = Object.values(entitySchemas).map((schema) => schema.properties.kind.const);
  if (kind === undefined) {
    return {
      code: 'catalog/not-an-entity',
      severity: 'error',
      message: 'this is not an entity: it needs `apiVersion`, `kind` and `metadata.name`',
      hint: 'write a Backstage entity, or leave the file out by `spec.ignore` in idp.yaml',
      ...source.locate([], 'value', document),
    };
  }
  if (laterKinds.includes(kind.toLowerCase())) {
    return {
      code: 'catalog/not-read',
      severity: 'warning',
      message: `a ${kind} is not supported yet: it was not read`,
      hint: 'list it in `spec.ignore` of idp.yaml if it is not meant for this platform',
      ...source.locate(['kind'], 'value', document),
    };
  }
  const hint = didYouMean(kind, kinds);
  return {
    code: 'catalog/unknown-kind',
    severity: 'error',
    message: `${quote(kind)} is not a kind that the catalog knows`,
    ...(hint !== undefined && { hint }),
    ...source.locate(['kind'], 'value', document),
  };
}
