import { stringify } from 'yaml';
import type { Environment } from '../../environment/environment.ts';
import { isObject, type Json, type JsonObject, objectFrom } from '../../json/json.ts';
import type { EnvironmentOptions } from './environment-options.ts';

/**
 * The file of a new environment. Targets and values are those of the environment that it is modelled on, with its name in
 * the place of the other one's (`dev-eu` → `qa-eu`, `dev.example.com` → `qa.example.com`); gates are nobody's but their own
 * environment's.
 *
 * @param schemaLine the first line, or nothing
 */
export function environmentText(
  options: EnvironmentOptions,
  model: Environment | undefined,
  values: JsonObject,
  schemaLine: string,
): string {
  const { name, after, branch, title } = options;
  const renamed = (value: Json): Json => (model === undefined ? value : withName(value, model.name, name));
  const targets = model?.document.spec.targets.map((target) => ({
    name: target.name,
    cluster: clusterName(target, renamed(target.cluster), name),
    ...(target.values !== undefined && { values: renamed(target.values as Json) }),
  }));
  const spec: JsonObject = {
    ...(after.length > 0 && { after }),
    ...(branch !== undefined && branch !== `env/${name}` && { branch }),
    promotion: options.promotion ?? 'automatic',
    targets: (targets ?? [{ name: 'main', cluster: name }]) as Json,
    ...(Object.keys(values).length > 0 && { values: renamed(values) }),
  };
  const document = {
    apiVersion: 'idp.internal/v1alpha1',
    kind: 'Environment',
    metadata: { name, ...(title !== undefined && { title }) },
    spec,
  };
  return `${schemaLine}${stringify(document, { lineWidth: 0, version: '1.2' })}`;
}

/** A cluster of its own: two environments on one would render into the same folders of it. */
function clusterName(target: { readonly name: string; readonly cluster: string }, renamed: Json, name: string): Json {
  return renamed === target.cluster ? `${name}-${target.name}` : renamed;
}

/** Texts in which one name, as a word of its own, is replaced by another. */
function withName(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') return value.replaceAll(new RegExp(`(?<![a-z0-9])${from}(?![a-z0-9])`, 'g'), to);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withName(item, from, to));
  if (!isObject(value)) return value;
  return objectFrom(Object.entries(value).map(([key, inner]) => [key, withName(inner, from, to)] as const));
}
