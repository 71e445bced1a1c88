import type { CelType } from '../cel/type.ts';
import type { MatchResources } from '../match/match-resources.ts';
import type { KnownTypes } from '../policy/expression-scope.ts';
import type { ParamKind } from '../policy/policy.ts';
import type { KnownKind, KnownKinds, KnownSchema } from './known-kinds.ts';
import { matchedKinds } from './matched-kinds.ts';
import { SchemaTypes } from './schema-types.ts';

/** What a policy reads, beside what every policy can read. */
export interface TypedInput {
  readonly match: MatchResources;
  readonly paramKind: ParamKind | undefined;
  readonly hostVariables: readonly string[];
}

/** The types of what a policy is about, of its params and of the host's variables, as far as their schemas are known. */
export function knownTypes({ match, paramKind, hostVariables }: TypedInput, known: KnownKinds): KnownTypes {
  const kinds = matchedKinds(match, known) ?? [];
  const params = paramKind ? kindsOfParam(paramKind, known) : [];
  const cache = typesOf.get(known) ?? new Map<string, KnownTypes>();
  typesOf.set(known, cache);
  const key = JSON.stringify([
    ...[kinds, params].map((list) => list.map(({ group, version, kind }) => [group, version, kind])),
    hostVariables,
  ]);
  const found = cache.get(key) ?? declare(kinds, params, schemasOf(hostVariables, known));
  cache.set(key, found);
  return found;
}

/** Policies about the same kinds share the types that are worked out for them. */
const typesOf = new WeakMap<KnownKinds, Map<string, KnownTypes>>();

function declare(
  kinds: readonly KnownKind[],
  params: readonly KnownKind[],
  host: ReadonlyMap<string, KnownSchema>,
): KnownTypes {
  const provider = new SchemaTypes();
  const variables = new Map<string, CelType>();
  if (kinds.length > 0) {
    const type = provider.declare('object', kinds);
    variables.set('object', type).set('oldObject', type);
  }
  if (params.length > 0) variables.set('params', provider.declare('params', params));
  for (const [name, schema] of host) variables.set(name, provider.declare(name, [schema], 'anything'));
  return { variables, provider };
}

function schemasOf(variables: readonly string[], known: KnownKinds): ReadonlyMap<string, KnownSchema> {
  return new Map(
    variables.flatMap((name) => {
      const schema = known.ofVariable?.(name);
      return schema ? [[name, schema] as const] : [];
    }),
  );
}

function kindsOfParam({ apiVersion, kind }: ParamKind, known: KnownKinds): readonly KnownKind[] {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  return known.ofGroup(group).filter((each) => each.kind === kind && each.version === version);
}
