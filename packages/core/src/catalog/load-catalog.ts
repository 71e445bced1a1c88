import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, Outcome } from '../finding/finding.ts';
import { property, stringOf } from '../json/json.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import type { Source } from '../source/source.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import { entitySchemas, isCatalogKind } from './entity.schema.ts';
import { type Entity, entityOf, findingAt } from './entity.ts';
import { catalogRules } from './rules/rules.ts';

/**
 * Reads the entities of the catalog's files and checks them by the rules of `catalog/rules`.
 *
 * @returns all entities that could be read, also those that have findings: one bad entity must not hide others
 */
export function loadCatalog(sources: readonly Source[]): Outcome<Catalog> & { readonly value: Catalog } {
  const findings: Finding[] = [];
  const entities: Entity[] = [];
  for (const source of sources) {
    source.documents.forEach((document, index) => {
      if (document === null) return;
      const entity = entityOf(source, index);
      if (entity === undefined || !isCatalogKind(entity.kind)) findings.push(notAnEntity(source, index));
      else {
        const problems = schemaFindings(entity);
        findings.push(...problems);
        entities.push(entity);
      }
    });
  }
  const catalog = catalogOf(entities);
  for (const entity of entities) {
    for (const { code, severity, check } of catalogRules) {
      for (const { at, ...violation } of check(entity, catalog)) {
        findings.push(findingAt(entity, at, { code, severity, ...violation }));
      }
    }
  }
  return { value: catalog, findings };
}

function schemaFindings(entity: Entity): readonly Finding[] {
  if (!isCatalogKind(entity.kind)) return [];
  return schemaProblems(entitySchemas[entity.kind], entity.value).map((problem) =>
    findingAt(entity, problem.pointer, {
      code: `catalog/${problem.kind}`,
      severity: 'error',
      message: problem.message,
      hint: problem.hint,
      part: problem.part,
    }),
  );
}

function notAnEntity(source: Source, document: number): Finding {
  const value = source.documents[document] ?? null;
  const kind = stringOf(property(value, 'kind'));
  const kinds = Object.values(entitySchemas).map((schema) => schema.properties.kind.const);
  if (kind === undefined || isCatalogKind(kind.toLowerCase())) {
    return {
      code: 'catalog/not-an-entity',
      severity: 'error',
      message: 'this is not an entity: it needs `apiVersion`, `kind` and `metadata.name`',
      hint: 'write a Backstage entity, or leave the file out by `spec.ignore` in idp.yaml',
      ...source.locate([], 'value', document),
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
