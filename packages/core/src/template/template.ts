import Handlebars from 'handlebars';
import type { Finding, Position } from '../finding/finding.ts';
import { lineMap } from '../source/line-map.ts';
import { type KeptText, storeKey } from '../store/store.ts';
import { parseFailure } from './parse-failure.ts';

/** A template of a capability, parsed but not yet checked. */
export interface Template {
  /** In the repository: `capabilities/postgres/templates/deploy/cluster.yaml`. */
  readonly path: string;
  readonly text: string;
  readonly program: hbs.AST.Program;
  /** `yaml`, `json`: values only through `{{yaml x}}`, `{{json x}}`. `text`: scaffolded files and one-line outputs. */
  readonly mode: TemplateMode;
  /** Where what is made of it stays for the next run. */
  readonly kept: KeptText | undefined;
  /** The place of a node; for a template inside another file (an output's value) the place of the whole string. */
  place(location: hbs.AST.SourceLocation): Position;
  /** The place of a range of the template's text. */
  placeOf(start: number, end: number): Position;
  /** The offset in the text of a line (from 1) and a column (from 0). */
  offset(line: number, column: number): number;
}

export type TemplateMode = 'yaml' | 'json' | 'text';

export interface TemplateInput {
  readonly path: string;
  readonly text: string;
  readonly mode: TemplateMode;
  /** For a template that is a string of another file: where that string is, looked up when somebody asks. */
  readonly within?: () => Position;
  readonly kept?: KeptText | undefined;
}

/** Part of the key of what is stored: a new one with each change of what Handlebars makes of a text. */
const parserVersion = 'handlebars-4.7.10';

/** Marks the places of values in a template's text; no template may contain them. */
export const tokenOpen = '\ue000';
export const tokenClose = '\ue001';

/** A template is a page of text; what is far longer is no template. */
const maxLength = 500_000;

const maxDepth = 50;

/** Parses a template with Handlebars' own parser. Nothing is ever compiled to code: see `evaluate`. */
export function parseTemplate(input: TemplateInput): {
  readonly template?: Template;
  readonly findings: readonly Finding[];
} {
  const { path, text, mode, within, kept } = input;
  const lines = lineMap(text);
  const starts = lineStarts(text);
  const placeOf = (start: number, end: number): Position => within?.() ?? lines.position(path, { start, end });
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column;
  const refuse = (message: string, hint: string, at: Position) => ({
    findings: [{ code: 'template/invalid', severity: 'error', message, hint, ...at } satisfies Finding],
  });
  if (text.length > maxLength) {
    return refuse(`${text.length} characters are more than ${maxLength}`, 'split the template', placeOf(0, 0));
  }
  // The second way to write them is an escape of YAML's double quotes.
  const forbidden = text.search(/[\ue000\ue001]|\\(u|U0000)[eE]00[01]/);
  if (forbidden >= 0) {
    return refuse(
      'the characters U+E000 and U+E001 are not allowed in a template',
      'leave them out',
      placeOf(forbidden, forbidden + 1),
    );
  }
  const deep = nestedTooDeep(text);
  if (deep !== undefined) {
    return refuse(`nested deeper than ${maxDepth} levels`, 'split the template', placeOf(deep, deep + 2));
  }
  try {
    const program = parsed(text, kept);
    const place = (location: hbs.AST.SourceLocation): Position =>
      placeOf(offset(location.start.line, location.start.column), offset(location.end.line, location.end.column));
    return { template: { path, text, mode, program, kept, place, placeOf, offset }, findings: [] };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { line, message, hint } = parseFailure(text, error);
    return refuse(message, hint, placeOf(offset(line, 0), (starts[line] ?? text.length + 1) - 1));
  }
}

/** A syntax tree is plain data: it comes back from a store as it went there. */
function parsed(text: string, kept: KeptText | undefined): hbs.AST.Program {
  const key = kept && storeKey('template', parserVersion, [kept.id]);
  const stored = key && kept?.store.get(key);
  if (stored !== undefined) return JSON.parse(stored) as hbs.AST.Program;
  const program = Handlebars.parse(text);
  if (key !== undefined) kept?.store.set(key, JSON.stringify(program));
  return program;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}

/** Where blocks or calls are nested too deeply for parsers that recurse; it may count a little too much. */
function nestedTooDeep(text: string): number | undefined {
  let depth = 0;
  for (const match of text.matchAll(/\{\{~?([#^/])?([^}]*)/g)) {
    const [, sign, inside = ''] = match;
    if (sign === '/') depth -= 1;
    else if (sign !== undefined && /\w/.test(inside)) depth += 1;
    if (depth > maxDepth || inside.split('(').length - 1 > maxDepth) return match.index;
  }
  return undefined;
}
