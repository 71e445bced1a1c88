import type { Finding } from '../finding/finding.ts';
import type { Catalog } from './catalog.ts';
import { type Entity, findingAt } from './entity.ts';
import { catalogRules } from './rules/rules.ts';

/** Checks the entities that somebody wrote by the rules of `catalog/rules`: what they have to do with each other. */
export function checkCatalog(catalog: Catalog): readonly Finding[] {
  return checkEntities(catalog.entities, catalog);
}

/** The same for some of the entities. */
export function checkEntities(entities: readonly Entity[], catalog: Catalog): readonly Finding[] {
  const findings: Finding[] = [];
  for (const entity of entities) {
    for (const { code, severity, check } of catalogRules) {
      for (const { at, ...violation } of check(entity, catalog)) {
        findings.push(findingAt(entity, at, { code, severity, ...violation }));
      }
    }
  }
  return findings;
}
