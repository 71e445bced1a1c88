import type { CelType } from '../cel/type.ts';
import type { MatchResources } from '../match/match-resources.ts';
import type { KnownTypes } from '../policy/expression-scope.ts';
import type { ParamKind } from '../policy/policy.ts';
import type { KnownKinds } from './known-kinds.ts';
import { matchedKinds } from './matched-kinds.ts';
import { SchemaTypes } from './schema-types.ts';

/** The types of what a policy is about and of its params, as far as their schemas are known. */
export function knownTypes(match: MatchResources, paramKind: ParamKind | undefined, known: KnownKinds): KnownTypes {
  const provider = new SchemaTypes();
  const variables = new Map<string, CelType>();
  const kinds = matchedKinds(match, known);
  if (kinds) {
    const type = provider.declare('object', kinds);
    variables.set('object', type).set('oldObject', type);
  }
  if (paramKind) {
    const { apiVersion, kind } = paramKind;
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    const found = known.ofGroup(group).filter((each) => each.kind === kind && each.version === version);
    if (found.length > 0) variables.set('params', provider.declare('params', found));
  }
  return { variables, provider };
}
