import type { Position } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Origin } from '../provenance/origin.ts';
import { child, descend, isList, isMap, sortedEntries, Traced, toJson } from '../provenance/traced.ts';
import { Budget } from './budget.ts';
import { isHelper, pathName, startsAtThis } from './check-template.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { Template } from './template.ts';

/** A piece of a template's output, with the range of the template's text that it came from. */
export type Segment = TextSegment | ValueSegment;
interface SegmentPlace {
  /** The number of the statement that printed it: no other one has it. */
  readonly statement: number;
  readonly start: number;
  readonly end: number;
}
interface TextSegment extends SegmentPlace {
  readonly kind: 'text';
  readonly text: string;
}
interface ValueSegment extends SegmentPlace {
  readonly kind: 'value';
  readonly value: Traced;
  /** The helper that printed it; absent for a bare `{{x}}`. */
  readonly helper?: string;
}

/** A template asked for a value that is not there. */
export class UndefinedValue extends EvaluationError {
  override readonly name = 'UndefinedValue';
  constructor(path: string, position: Position) {
    super('template/undefined-value', `${path} has no value here`, position);
  }
}

interface Frame {
  readonly self: Traced | undefined;
  readonly parents: readonly (Traced | undefined)[];
  readonly data: ReadonlyMap<string, Traced>;
  readonly locals: ReadonlyMap<string, Traced | undefined>;
}

/**
 * Evaluates a checked template by walking its syntax tree. There is no generated code, and names are looked
 * up in maps of ours, so that no prototype and no function of the platform is within a template's reach.
 *
 * @throws EvaluationError when the template prints what does not exist, takes too many steps or prints too much
 */
export function evaluate(template: Template, context: Traced): readonly Segment[] {
  const evaluator = new Evaluator(template, context);
  evaluator.statements(template.program.body, { self: context, parents: [], data: new Map(), locals: new Map() });
  return evaluator.segments;
}

/** What is the same in each evaluation of a statement or a path; each stands in one template. */
const texts = new WeakMap<hbs.AST.ContentStatement, TextSegment>();
const places = new WeakMap<hbs.AST.MustacheStatement, SegmentPlace>();
const ways = new WeakMap<hbs.AST.PathExpression, ReturnType<typeof wayOf>>();

function textSegment({ value, original, loc }: hbs.AST.ContentStatement, template: Template): TextSegment {
  // Handlebars strips white space around blocks from `value` and keeps the text in `original`.
  const stripped = Math.max(0, String(original).indexOf(value));
  const start = template.offset(loc.start.line, loc.start.column) + stripped;
  return { kind: 'text', text: value, statement: nextStatement(), start, end: start + value.length };
}

function placeOf({ loc }: hbs.AST.MustacheStatement, template: Template): SegmentPlace {
  const start = template.offset(loc.start.line, loc.start.column);
  return { statement: nextStatement(), start, end: template.offset(loc.end.line, loc.end.column) };
}

let statements = 0;
function nextStatement(): number {
  statements += 1;
  return statements;
}

function wayOf(path: hbs.AST.PathExpression) {
  const parts = path.parts.map(String);
  const [head, ...rest] = parts;
  return { parts, head, rest, isLocal: !startsAtThis(path) };
}

class Evaluator {
  readonly segments: Segment[] = [];
  private readonly template: Template;
  private readonly root: Traced;
  private readonly budget = new Budget();
  /** What is evaluated; its place is looked up only for an error. */
  private current: hbs.AST.Node;
  private readonly place = () => this.template.place(this.current.loc);

  constructor(template: Template, root: Traced) {
    this.template = template;
    this.root = root;
    this.current = template.program;
  }

  private take(node: hbs.AST.Node): void {
    this.current = node;
    this.budget.take(1, this.place);
  }

  statements(body: readonly hbs.AST.Statement[], frame: Frame): void {
    for (const statement of body) {
      this.take(statement);
      if (statement.type === 'ContentStatement') this.content(statement as hbs.AST.ContentStatement);
      else if (statement.type === 'MustacheStatement') this.mustache(statement as hbs.AST.MustacheStatement, frame);
      else if (statement.type === 'BlockStatement') this.block(statement as hbs.AST.BlockStatement, frame);
    }
  }

  private content(statement: hbs.AST.ContentStatement): void {
    if (statement.value === '') return;
    this.current = statement;
    this.budget.print(statement.value, this.place);
    const segment = texts.get(statement) ?? textSegment(statement, this.template);
    texts.set(statement, segment);
    this.segments.push(segment);
  }

  private mustache(statement: hbs.AST.MustacheStatement, frame: Frame): void {
    const name = pathName(statement.path) ?? '';
    const isCall = isHelper(name) && statement.params.length > 0;
    const [first] = statement.params;
    // In a JSON file it is the value itself, of its own type; elsewhere it is a text.
    const isValue = isCall && name === 'json' && this.template.mode === 'json' && first !== undefined;
    const printed = isValue
      ? this.expression(first, frame)
      : isCall
        ? this.call(name, statement, frame)
        : this.expression(statement.path, frame);
    if (printed === undefined) {
      const what = statement.params[0] ?? statement.path;
      throw new UndefinedValue(pathName(what) ?? name, this.template.place(what.loc));
    }
    this.current = statement;
    this.budget.print(printed, this.place);
    const known = places.get(statement) ?? placeOf(statement, this.template);
    places.set(statement, known);
    const segment = { kind: 'value' as const, value: printed, ...known };
    this.segments.push(isCall ? { ...segment, helper: name } : segment);
  }

  private block(statement: hbs.AST.BlockStatement, frame: Frame): void {
    const name = pathName(statement.path);
    const [argument] = statement.params;
    const value = argument === undefined ? undefined : this.expression(argument, frame);
    if (name === 'each') {
      this.each(statement, value, frame);
      return;
    }
    const holds = isTruthy(value) === (name === 'if');
    const program = holds ? statement.program : statement.inverse;
    if (program !== undefined) this.statements(program.body, frame);
  }

  private each(statement: hbs.AST.BlockStatement, over: Traced | undefined, frame: Frame): void {
    // Maps in sorted order: what is rendered must not depend on the order in which a person wrote keys.
    const entries: readonly (readonly [string | number, Traced])[] = isList(over)
      ? over.content.map((item, index) => [index, item] as const)
      : sortedEntries(over);
    if (entries.length === 0) {
      if (statement.inverse !== undefined) this.statements(statement.inverse.body, frame);
      return;
    }
    const [itemName, keyName] = statement.program?.blockParams ?? [];
    entries.forEach(([key, item], index) => {
      this.take(statement);
      const at = (content: string | number | boolean): Traced => new Traced(content, item.origin);
      const data = new Map([
        ['key', at(key)],
        ['index', at(index)],
        ['first', at(index === 0)],
        ['last', at(index === entries.length - 1)],
      ]);
      const locals = new Map(frame.locals);
      if (itemName !== undefined) locals.set(itemName, item);
      if (keyName !== undefined) locals.set(keyName, at(key));
      const body = statement.program?.body ?? [];
      this.statements(body, { self: item, parents: [frame.self, ...frame.parents], data, locals });
    });
  }

  private expression(expression: hbs.AST.Expression, frame: Frame): Traced | undefined {
    this.take(expression);
    switch (expression.type) {
      case 'PathExpression':
        return this.path(expression as hbs.AST.PathExpression, frame);
      case 'SubExpression': {
        const sub = expression as hbs.AST.SubExpression;
        return this.call(pathName(sub.path) ?? '', sub, frame);
      }
      case 'StringLiteral':
      case 'NumberLiteral':
      case 'BooleanLiteral':
        return this.own(
          (expression as hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral).value,
          expression,
        );
      case 'NullLiteral':
        return this.own(null, expression);
      default:
        return undefined;
    }
  }

  private path(path: hbs.AST.PathExpression, frame: Frame): Traced | undefined {
    const known = ways.get(path) ?? wayOf(path);
    ways.set(path, known);
    const { parts, head, rest, isLocal } = known;
    if (path.data) return head === 'root' ? descend(this.root, rest) : descend(frame.data.get(head ?? ''), rest);
    if (path.depth > 0) return descend(frame.parents[path.depth - 1], parts);
    if (isLocal && head !== undefined && frame.locals.has(head)) {
      return descend(frame.locals.get(head), rest);
    }
    return descend(frame.self, parts);
  }

  private call(
    name: string,
    call: hbs.AST.MustacheStatement | hbs.AST.SubExpression,
    frame: Frame,
  ): Traced | undefined {
    const { params } = call;
    const values = params.map((param) => this.expression(param, frame));
    const [first, second] = values;
    if (name === 'json' || name === 'indent' || name === 'eq') {
      this.current = call;
      this.budget.takeFor(values, this.place);
    }
    switch (name) {
      case 'yaml':
        return first;
      case 'json':
        return first && new Traced(canonicalJson(toJson(first)), first.origin);
      case 'indent':
        return first && new Traced(indentBy(Number(first.content), textOf(second)), second?.origin ?? first.origin);
      case 'lookup':
        if (second === undefined) return undefined;
        return isList(first) ? first.content[Number(second.content)] : child(first, String(second.content));
      case 'eq':
        return this.own(same(first, second), params[0]);
      case 'not':
        return this.own(!isTruthy(first), params[0]);
      case 'and':
        return firstWhere(values, (value) => !isTruthy(value));
      case 'or':
        return firstWhere(values, isTruthy);
      default:
        return undefined;
    }
  }

  /** A value that the template itself wrote. */
  private own(content: string | number | boolean | null, at: hbs.AST.Expression | undefined): Traced {
    const location = at?.loc ?? this.template.program.loc;
    const origin: Origin = { kind: 'template', capability: '', position: this.template.place(location) };
    return new Traced(content, origin);
  }
}

/** Handlebars' truth: `false`, `null`, `undefined`, `""`, `0` and the empty list are false. */
function isTruthy(value: Traced | undefined): boolean {
  if (value === undefined) return false;
  if (isList(value)) return value.content.length > 0;
  return isMap(value) || Boolean(value.content);
}

/** The first that holds, also when it is `undefined`; else the last, as `and` and `or` do everywhere. */
function firstWhere(
  values: readonly (Traced | undefined)[],
  holds: (value: Traced | undefined) => boolean,
): Traced | undefined {
  const index = values.findIndex(holds);
  return values.at(index);
}

function same(a: Traced | undefined, b: Traced | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(toJson(a)) === canonicalJson(toJson(b));
}

/** A value as text: what a bare `{{x}}` prints. */
export function textOf(value: Traced | undefined): string {
  if (value === undefined || value.content === null) return '';
  return isMap(value) || isList(value) ? canonicalJson(toJson(value)) : String(value.content);
}

function indentBy(spaces: number, text: string): string {
  return text.replaceAll('\n', `\n${' '.repeat(Math.max(0, Math.min(100, spaces)))}`);
}
