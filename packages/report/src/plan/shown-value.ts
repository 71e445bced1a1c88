import type { Json } from '@idp/core';
import { cutText } from '../text/text-width.ts';
import { visibleText } from '../text/visible-text.ts';

const longest = 160;
/** Characters kept of what two long strings begin with alike. */
const context = 16;

/** A value as JSON on one line, cut when long. */
export function shownValue(value: Json): string {
  return cutText(visibleText(JSON.stringify(value)), longest);
}

/**
 * Two values that differ, as `before → after`. Long strings often differ in their ends only (an image's digest), which a
 * cut would hide: what they begin with alike is left out first.
 */
export function shownChange(before: Json, after: Json): string {
  if (typeof before !== 'string' || typeof after !== 'string' || Math.max(before.length, after.length) <= longest) {
    return `${shownValue(before)} → ${shownValue(after)}`;
  }
  const start = commonPrefix(before, after) - context;
  if (start <= context) return `${shownValue(before)} → ${shownValue(after)}`;
  return `${shownValue(`…${before.slice(start)}`)} → ${shownValue(`…${after.slice(start)}`)}`;
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
