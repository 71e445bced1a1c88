/** Why a template cannot be parsed, for somebody who does not know the parser's tokens. */
export interface ParseFailure {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

/** How `${{ github.sha }}` stays as it is, which a workflow's file is full of. */
export const keepExpression = '`$\\{{ … }}` keeps it as text: an expression of GitHub Actions';

/**
 * What an error of Handlebars' parser says. Its own text lists the tokens of its grammar ("Expecting 'CLOSE', …, got
 * 'CLOSE_UNESCAPED'"), and of a block that is not closed it names the end of the file.
 */
export function parseFailure(text: string, error: Error): ParseFailure {
  const reported = Number(/on line (\d+)/.exec(error.message)?.[1] ?? / - (\d+):\d+$/.exec(error.message)?.[1] ?? 1);
  const { line, reason, hint } = explained(text, error, reported);
  const isWorkflow = (text.split('\n')[line - 1] ?? '').includes('${{');
  return { line, message: `the template cannot be parsed: ${reason}`, hint: isWorkflow ? keepExpression : hint };
}

function explained(text: string, error: Error, line: number) {
  const reason = error.message.split('\n').at(-1) ?? error.message;
  const hint = 'mend the `{{…}}` at this line';
  const got = /^Expecting .*, got '(\w+)'$/.exec(reason)?.[1];
  if (got === undefined) return { line, reason, hint };
  if (got === 'CLOSE_UNESCAPED') {
    const mend = 'put a space before the brace that belongs to the file: `{ name: {{yaml instance.name}} }`';
    return { line, reason: '`}}}` does not close what `{{` opened', hint: mend };
  }
  if (got === 'OPEN_ENDBLOCK')
    return { line, reason: 'a block is closed that is not open', hint: 'remove its `{{/…}}`, or open it before' };
  if (got === 'INVERSE')
    return { line, reason: '`{{else}}` is in no block', hint: 'write it between `{{#if …}}` and `{{/if}}`' };
  const open = reason.includes("'OPEN_ENDBLOCK'") ? openBlock(text) : undefined;
  if (open !== undefined)
    return {
      line: open.line,
      reason: `\`{{#${open.name}}}\` is not closed`,
      hint: `close it by \`{{/${open.name}}}\``,
    };
  const form = 'a `{{…}}` holds a path, or a helper and its arguments: `{{yaml params.size}}`';
  return { line, reason: 'this `{{…}}` is not whole, or has a character that means nothing there', hint: form };
}

/** The innermost block that is still open at the end. */
function openBlock(text: string): { readonly name: string; readonly line: number } | undefined {
  const open: { readonly name: string; readonly index: number }[] = [];
  for (const { 1: sign, 2: name = '', index } of text.matchAll(/(?<!\\)\{\{~?([#^/])\s*([\w-]+)/g)) {
    if (sign === '/') open.pop();
    else open.push({ name, index });
  }
  const last = open.at(-1);
  return last && { name: last.name, line: text.slice(0, last.index).split('\n').length };
}
