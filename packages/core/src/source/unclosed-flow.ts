import { CORE_SCHEMA, loadAll, YAMLException } from 'js-yaml';

/** Each try reads the text again: what is far away, or in very much text, is not looked for. */
const maxTries = 20;
const maxText = 50_000;
const maxDepth = 100;

/**
 * The `[` or `{` that is open where a parser gave up: the last one before which the text is whole, and with which it is
 * not. The parser itself says it, so that brackets in quotes, comments and blocks are none.
 *
 * @param end where the parser gave up, in UTF-16 code units
 * @returns its offset; `undefined` where there is none, or it is too far away to look for
 */
export function unclosedFlow(text: string, end: number): number | undefined {
  if (end > maxText) return undefined;
  let at = end;
  for (let tries = 0; tries < maxTries; tries += 1) {
    at = Math.max(at > 0 ? text.lastIndexOf('[', at - 1) : -1, at > 0 ? text.lastIndexOf('{', at - 1) : -1);
    if (at < 0) return undefined;
    if (refused(text.slice(0, at + 1))?.includes('flow collection') && refused(text.slice(0, at)) === undefined)
      return at;
  }
  return undefined;
}

function refused(text: string): string | undefined {
  try {
    loadAll(text, { schema: CORE_SCHEMA, maxDepth, maxAliases: 0 });
    return undefined;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return error.reason.startsWith('aliases exceeded') ? undefined : error.reason;
  }
}
