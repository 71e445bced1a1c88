import type { CatalogRule } from '../rule.ts';
import { derivedResource } from './derived-resource.ts';
import { duplicateEntity } from './duplicate-entity.ts';
import { ownedByAGroup } from './owned-by-a-group.ts';
import { ownedByNobody } from './owned-by-nobody.ts';
import { referenceCycle } from './reference-cycle.ts';
import { serviceFolder } from './service-folder.ts';
import { unknownField } from './unknown-field.ts';
import { unresolvedReference } from './unresolved-reference.ts';
import { wrongFolder } from './wrong-folder.ts';
import { wrongKind } from './wrong-kind.ts';

/** Every rule over the catalog; a new one is a file beside these and a line here. */
export const catalogRules: readonly CatalogRule[] = [
  derivedResource,
  duplicateEntity,
  ownedByAGroup,
  ownedByNobody,
  referenceCycle,
  serviceFolder,
  unknownField,
  unresolvedReference,
  wrongFolder,
  wrongKind,
];
