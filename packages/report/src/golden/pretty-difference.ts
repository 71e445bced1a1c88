import type { GoldenDifference } from '@idp/core';
import { lineDiff } from '../plan/line-diff.ts';
import { coloursFor, type Tone, toned } from '../text/colours.ts';
import { countText } from '../text/count-text.ts';
import { visibleText } from '../text/visible-text.ts';

const toneOf = { '+': 'good', '-': 'bad', ' ': 'dim' } as const satisfies Readonly<Record<string, Tone>>;
/** Lines shown of one file; all of them are in the file that `--update` writes. */
const mostLines = 80;

/** A golden file that is not what is rendered: `-` is what it says, `+` what is rendered. */
export function prettyDifference({ path, golden = '', rendered = '' }: GoldenDifference, colour: boolean): string {
  const colours = coloursFor(colour);
  const lines = lineDiff(golden, rendered, 3);
  const shown = lines
    .slice(0, mostLines)
    .map(({ sign, text }) => toned(`${sign} ${visibleText(text)}`, toneOf[sign], colours));
  const left = lines.length - shown.length;
  const more = left > 0 ? [toned(`  … ${countText(left, 'more line')}`, 'dim', colours)] : [];
  return [toned(visibleText(path), 'strong', colours), ...shown, ...more].join('\n');
}
