import { compileRegex, type Regex } from '../../regex.ts';
import { BudgetExceeded } from '../../steps.ts';
import { CelError } from '../../value.ts';

export interface Match {
  readonly start: number;
  readonly end: number;
  /** The groups in order, the whole match first; `undefined` for one that took no part. */
  readonly groups: readonly (string | undefined)[];
}

/**
 * Characters that searches of one call may look at. One search is linear, but each may look ahead to the end of the
 * text for a match that begins where it stands (`a.*b|a`), and there can be as many as there are characters.
 */
const MAXIMUM_VISITS = 2 ** 22;

/** Steps for all searches in a text, beyond that of one: as many as they can take together. */
export function repeatedSearchCost(text: string, pattern: string): number {
  const regex = compileRegex(pattern);
  if (regex instanceof CelError || !regex.looksAhead) return 0;
  return Math.min(text.length * text.length, MAXIMUM_VISITS) / 128;
}

/**
 * The matches of a text from left to right, as Go's FindAll gives them: none overlaps another, and an empty one does
 * not stand right behind another.
 *
 * @param limit how many at most
 * @throws BudgetExceeded when there are so many in a text so long that it would take too long
 */
export function* allMatches(regex: Regex, text: string, limit = Number.POSITIVE_INFINITY): Generator<Match> {
  const matcher = regex.pattern.matcher(text);
  const groups = matcher.groupCount();
  let visits = 0;
  let found = 0;
  let previousEnd = -1;
  for (let position = 0; found < limit && position <= text.length; ) {
    if (regex.looksAhead) visits += text.length - position;
    if (visits > MAXIMUM_VISITS + text.length)
      throw new BudgetExceeded('a regular expression matches too often in a long text');
    if (!matcher.find(position)) return;
    const [start, end] = [matcher.start(), matcher.end()];
    const stands = end === position;
    position = stands ? position + characterLength(text, position) : end;
    const accepted = !(stands && start === previousEnd);
    previousEnd = end;
    if (!accepted) continue;
    found += 1;
    yield { start, end, groups: Array.from({ length: groups + 1 }, (_, group) => matcher.group(group) ?? undefined) };
  }
}

function characterLength(text: string, position: number): number {
  return (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;
}
