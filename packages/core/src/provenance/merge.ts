import { isMap, Traced } from './traced.ts';

/** Score's overrides: maps merge, everything else replaces, `null` deletes. Nodes keep their own origins. */
export function mergeTraced(base: Traced, override: Traced): Traced {
  if (!isMap(override)) return override;
  if (!isMap(base)) return withoutNulls(override);
  const entries = new Map(base.content);
  for (const [key, value] of override.content) {
    const before = entries.get(key);
    if (value.content === null) entries.delete(key);
    else entries.set(key, before === undefined ? withoutNulls(value) : mergeTraced(before, value));
  }
  return new Traced(entries, base.origin);
}

/** A map where none was before has nothing to delete: its nulls disappear (RFC 7396, section 2). Most have none, and stay. */
function withoutNulls(node: Traced): Traced {
  if (!isMap(node)) return node;
  const entries = new Map<string, Traced>();
  let same = true;
  for (const [key, value] of node.content) {
    const kept = value.content === null ? undefined : withoutNulls(value);
    if (kept !== undefined) entries.set(key, kept);
    same &&= kept === value;
  }
  return same ? node : new Traced(entries, node.origin);
}
