import { isObject, type Json, property } from '../json/json.ts';
import { child, isList, sortedEntries, stringIn, type Traced } from '../provenance/traced.ts';

/** A file or a volume of a container, by the path at which the container sees it. */
export interface Mount {
  readonly target: string;
  /** Its fields; of the older form in a list, `target` among them. */
  readonly node: Traced;
}

/** Whether any container of a Score document says one of these fields: most say none, and cost nothing more. */
export function sayAny(score: Json, fields: readonly string[]): boolean {
  const containers = property(score, 'containers');
  return (
    isObject(containers) &&
    Object.values(containers).some((container) => fields.some((field) => property(container, field) !== undefined))
  );
}

/**
 * The `files` or `volumes` of a container by target path: a map (Score v1b1, `containers.<name>.files`), or the older
 * list whose items say their `target`.
 */
export function mountsOf(container: Traced | undefined, field: 'files' | 'volumes'): readonly Mount[] {
  const node = child(container, field);
  if (!isList(node)) return sortedEntries(node).map(([target, value]) => ({ target, node: value }));
  return node.content
    .flatMap((item) => {
      const target = stringIn(child(item, 'target'));
      return target === undefined ? [] : [{ target, node: item }];
    })
    .sort((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : 0));
}
