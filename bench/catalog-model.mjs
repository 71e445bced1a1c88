/** What Backstage's own policies cost on the entities of a catalog, parsed by js-yaml. */
import { readFileSync } from 'node:fs';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { describedFiles } from './described-files.mjs';

const policies = [new SchemaValidEntityPolicy(), new NoForeignRootFieldsEntityPolicy(), new FieldFormatEntityPolicy()];
const kinds = [
  componentEntityV1alpha1Validator,
  apiEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
];
/** An API's `$text` is put in by Backstage before its policies: here nobody does, and the one field is refused. */
function isSubstituted(error) {
  if (error instanceof TypeError && error.message.includes('/spec/definition')) return true;
  throw error;
}

for (const file of describedFiles(process.argv[2] ?? '.', ['catalog-info.yaml'])) {
  for (const entity of loadAll(readFileSync(file, 'utf8'), { schema: CORE_SCHEMA })) {
    // A file of an API's definition lies among them.
    if (typeof entity?.apiVersion !== 'string') continue;
    for (const policy of policies) await policy.enforce(entity);
    for (const kind of kinds) if (await kind.check(entity).catch(isSubstituted)) break;
  }
}
