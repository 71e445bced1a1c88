import { compareStrings } from '../../json/compare.ts';
import { isObject, type Json, property, stringOf } from '../../json/json.ts';
import { builtInTypes } from '../../resolve/missing-capability.ts';
import { referencesIn } from '../../workload/placeholder.ts';

/** What Score files ask of a resource type that no capability provides. */
export interface MissingType {
  readonly type: string;
  /** The parameters that they give, by name. */
  readonly params: readonly string[];
  /** The classes that they pick. */
  readonly classes: readonly string[];
  /** The outputs that they use: `host` of `${resources.db.host}`. */
  readonly outputs: readonly string[];
  /** The services that ask for it. */
  readonly services: readonly string[];
}

/** The same, while it is collected. */
type Asked = Readonly<Record<'params' | 'classes' | 'outputs' | 'services', Set<string>>>;

/**
 * Collects what a capability has to offer so that these Score documents are served.
 *
 * @param scores by service
 * @param known the types that are provided already
 * @returns by type, in the order of their names
 */
export function missingTypes(scores: ReadonlyMap<string, Json>, known: ReadonlySet<string>): readonly MissingType[] {
  const found = new Map<string, Asked>();
  for (const [service, score] of scores) {
    const used = outputsUsed(score);
    for (const [name, resource] of entriesOf(property(score, 'resources'))) {
      const type = stringOf(property(resource, 'type'));
      if (type === undefined || known.has(type) || builtInTypes.includes(type)) continue;
      const of = found.get(type) ?? { params: new Set(), classes: new Set(), outputs: new Set(), services: new Set() };
      found.set(type, of);
      of.services.add(service);
      for (const [param] of entriesOf(property(resource, 'params'))) of.params.add(param);
      const picked = stringOf(property(resource, 'class'));
      if (picked !== undefined && /^[a-z0-9][a-z0-9-]*$/.test(picked)) of.classes.add(picked);
      for (const output of used.get(name) ?? []) of.outputs.add(output);
    }
  }
  return [...found]
    .map(([type, { params, classes, outputs, services }]) => ({
      type,
      params: [...params].sort(compareStrings),
      classes: [...classes].sort(compareStrings),
      outputs: [...outputs].sort(compareStrings),
      services: [...services].sort(compareStrings),
    }))
    .sort((a, b) => compareStrings(a.type, b.type));
}

/** The outputs that a document's placeholders name, by resource. */
function outputsUsed(score: Json): ReadonlyMap<string, readonly string[]> {
  const used = new Map<string, string[]>();
  for (const text of textsOf(score)) {
    for (const { path } of referencesIn(text)) {
      const [root, resource, ...output] = path;
      if (root !== 'resources' || resource === undefined || output.length === 0) continue;
      used.set(resource, [...(used.get(resource) ?? []), output.join('.')]);
    }
  }
  return used;
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsOf(item));
  return isObject(value) ? Object.values(value).flatMap((item) => textsOf(item as Json)) : [];
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isObject(value) ? Object.entries(value).map(([name, item]) => [name, item as Json] as const) : [];
}
