import { canonicalJson } from '../json/canonical-json.ts';
import { compareStrings } from '../json/compare.ts';
import { isObject, type Json, property } from '../json/json.ts';
import { type Pointer, pointerText } from '../json/pointer.ts';
import type { FieldChange } from './plan.ts';

/** Lists whose items have a name are compared by it, so that one more variable is one addition. */
const nameKeys = ['name', 'containerPort', 'port', 'mountPath', 'topologyKey', 'key'];

/** The fields in which two values differ, in the order of their pointers. */
export function fieldChanges(before: Json, after: Json, pointer: Pointer = []): readonly FieldChange[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareStrings);
    return keys.flatMap((key) => pairChanges(property(before, key), property(after, key), [...pointer, key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, pointer);
  return [{ kind: 'changed', pointer: pointerText(pointer), before, after }];
}

function pairChanges(before: Json | undefined, after: Json | undefined, pointer: Pointer): readonly FieldChange[] {
  if (before === undefined && after !== undefined) return [{ kind: 'added', pointer: pointerText(pointer), after }];
  if (after === undefined && before !== undefined) return [{ kind: 'removed', pointer: pointerText(pointer), before }];
  return before === undefined || after === undefined ? [] : fieldChanges(before, after, pointer);
}

function listChanges(before: readonly Json[], after: readonly Json[], pointer: Pointer): readonly FieldChange[] {
  const key = nameKeys.find((candidate) =>
    [...before, ...after].every((item) => isObject(item) && item[candidate] !== undefined),
  );
  const names = (items: readonly Json[]): readonly string[] =>
    key === undefined ? [] : items.map((item) => (isObject(item) ? canonicalJson(item[key] ?? null) : ''));
  const [left, right] = [names(before), names(after)];
  const unique = new Set(left).size === left.length && new Set(right).size === right.length;
  const sameOrder =
    left.filter((name) => right.includes(name)).join() === right.filter((name) => left.includes(name)).join();
  if (key === undefined || !unique || !sameOrder) {
    if (before.length !== after.length) return [{ kind: 'changed', pointer: pointerText(pointer), before, after }];
    return before.flatMap((item, index) => fieldChanges(item, after[index] ?? null, [...pointer, index]));
  }
  const removed = before.flatMap((item, index) =>
    right.includes(left[index] ?? '') ? [] : pairChanges(item, undefined, [...pointer, index]),
  );
  const others = after.flatMap((item, index) => {
    const at = left.indexOf(right[index] ?? '');
    return pairChanges(at < 0 ? undefined : before[at], item, [...pointer, index]);
  });
  return [...removed, ...others];
}
