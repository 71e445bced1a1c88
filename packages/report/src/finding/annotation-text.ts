import { cutText } from '../text/text-width.ts';
import { visibleText } from '../text/visible-text.ts';
import { alikeText, type FindingGroup } from './group-by-cause.ts';
import { placeText } from './place-text.ts';

/** All that is said of one cause, a line a part, as an annotation shows it beside the code. */
export function annotationText(group: FindingGroup, longestPart: number): string {
  const { message, hint, related = [] } = group.finding;
  const also = alikeText(group);
  return [
    message,
    hint,
    ...related.map((place) => `${placeText(place)}: ${place.message}`),
    also === '' ? undefined : also,
  ]
    .filter((part) => part !== undefined)
    .map((part) => cutText(visibleText(part), longestPart))
    .join('\n');
}
