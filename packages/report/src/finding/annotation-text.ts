import { cutText } from '../text/text-width.ts';
import { visibleText } from '../text/visible-text.ts';
import { alikeText, type FindingGroup } from './group-by-cause.ts';
import { placeText } from './place-text.ts';
import { waiverText } from './waiver-text.ts';

/** All that is said of one cause, a line a part, as an annotation shows it beside the code. */
export function annotationText(group: FindingGroup, longestPart: number): string {
  const { message, hint, related = [], waived } = group.finding;
  const also = alikeText(group);
  return [
    message,
    hint,
    ...related.map((place) => `${placeText(place)}: ${place.message}`),
    waived && `waived: ${waiverText(waived)}`,
    also === '' ? undefined : also,
  ]
    .filter((part) => part !== undefined)
    .map((part) => cutText(visibleText(part), longestPart))
    .join('\n');
}
