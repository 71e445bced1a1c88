import { visibleText } from '../text/visible-text.ts';

/** Where something is, as far as it is known. */
export interface Place {
  readonly path?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly subject?: string | undefined;
}

/** `path:line:column`, as editors and terminals link it; without a path the subject; else empty. */
export function placeText(place: Place): string {
  if (place.path === undefined) return visibleText(place.subject ?? '');
  return visibleText([place.path, ...positionParts(place)].join(':'));
}

function positionParts({ line, column }: Place): readonly number[] {
  if (line === undefined) return [];
  return column === undefined ? [line] : [line, column];
}
