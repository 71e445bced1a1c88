import { canonicalJson } from '../json/canonical-json.ts';
import type { Origin } from '../provenance/origin.ts';
import { child, descend, isList, isMap, sortedEntries, Traced, toJson } from '../provenance/traced.ts';
import { UndefinedValue } from './evaluation-error.ts';
import { isHelper } from './helpers.ts';
import { pathName, startsAtThis } from './path-name.ts';
import type { TextSegment } from './segment.ts';
import type { Template } from './template.ts';
import { Frame, type TemplateRun } from './template-run.ts';
import { textOf } from './value-text.ts';

type Execute = (frame: Frame, run: TemplateRun) => void;
type Expression = (frame: Frame, run: TemplateRun) => Traced | undefined;

/** A checked template as closures, made once: who evaluates it looks at no syntax tree. */
export interface CompiledTemplate {
  readonly execute: Execute;
  /** All that it can read, by paths from the root of what it sees: where these are the same, it prints the same. */
  readonly reads: readonly (readonly string[])[];
}

const compiled = new WeakMap<Template, CompiledTemplate>();

/**
 * There is no generated code, and names are looked up in maps of ours, so that no prototype and no function of the platform
 * is within a template's reach.
 */
export function compiledTemplate(template: Template): CompiledTemplate {
  const known = compiled.get(template);
  if (known !== undefined) return known;
  const compiler = new TemplateCompiler(template);
  const execute = compiler.statements(template.program.body, { depth: 0, locals: new Map() });
  const made = { execute, reads: [...compiler.reads.values()] };
  compiled.set(template, made);
  return made;
}

/** What names mean at one place of a template. */
interface Scope {
  /** How many loops are around it. */
  readonly depth: number;
  /** The names of `as |item key|`, by the loop that gave them. */
  readonly locals: ReadonlyMap<string, { readonly depth: number; readonly is: 'item' | 'key' }>;
}

class TemplateCompiler {
  readonly reads = new Map<string, readonly string[]>();
  private readonly template: Template;

  constructor(template: Template) {
    this.template = template;
  }

  statements(body: readonly hbs.AST.Statement[], scope: Scope): Execute {
    const all = body.map((statement) => this.statement(statement, scope));
    const [only, second] = all;
    if (second === undefined) return only ?? (() => undefined);
    return (frame, run) => {
      for (const execute of all) execute(frame, run);
    };
  }

  private statement(statement: hbs.AST.Statement, scope: Scope): Execute {
    switch (statement.type) {
      case 'ContentStatement':
        return this.content(statement as hbs.AST.ContentStatement);
      case 'MustacheStatement':
        return this.mustache(statement as hbs.AST.MustacheStatement, scope);
      case 'BlockStatement':
        return this.block(statement as hbs.AST.BlockStatement, scope);
      default:
        return (_, run) => run.take(statement);
    }
  }

  private content(statement: hbs.AST.ContentStatement): Execute {
    const { value } = statement;
    if (value === '') return (_, run) => run.take(statement);
    let segment: TextSegment | undefined;
    return (_, run) => {
      run.take(statement);
      run.print(value, statement);
      if (run.segments === undefined) return;
      segment ??= textSegment(statement, this.template);
      run.segments.push(segment);
    };
  }

  private mustache(statement: hbs.AST.MustacheStatement, scope: Scope): Execute {
    const name = pathName(statement.path) ?? '';
    const [first] = statement.params;
    const isCall = isHelper(name) && first !== undefined;
    // In a JSON file it is the value itself, of its own type; elsewhere it is a text.
    const isValue = isCall && name === 'json' && this.template.mode === 'json';
    const printed = isValue
      ? this.expression(first, scope)
      : isCall
        ? this.call(name, statement, scope)
        : this.expression(statement.path, scope);
    const what = first ?? statement.path;
    const helper = isCall ? name : undefined;
    let range: { readonly start: number; readonly end: number } | undefined;
    return (frame, run) => {
      run.take(statement);
      const value = printed(frame, run);
      if (value === undefined) throw new UndefinedValue(pathName(what) ?? name, this.template.place(what.loc));
      run.print(value, statement);
      run.values.push(value);
      if (run.segments === undefined) return;
      range ??= rangeOf(statement.loc, this.template);
      run.segments.push({ kind: 'value', value, helper, start: range.start, end: range.end });
    };
  }

  private block(statement: hbs.AST.BlockStatement, scope: Scope): Execute {
    const name = pathName(statement.path);
    const [argument] = statement.params;
    const over = argument === undefined ? () => undefined : this.expression(argument, scope);
    const inverse = statement.inverse && this.statements(statement.inverse.body, scope);
    if (name === 'each') return this.each(statement, over, inverse, scope);
    const program = statement.program && this.statements(statement.program.body, scope);
    const [holding, failing] = name === 'if' ? [program, inverse] : [inverse, program];
    return (frame, run) => {
      run.take(statement);
      const holds = isTruthy(over(frame, run));
      run.way += holds ? '1' : '0';
      (holds ? holding : failing)?.(frame, run);
    };
  }

  private each(
    statement: hbs.AST.BlockStatement,
    over: Expression,
    inverse: Execute | undefined,
    scope: Scope,
  ): Execute {
    const [itemName, keyName] = statement.program?.blockParams ?? [];
    const depth = scope.depth + 1;
    const locals = new Map(scope.locals);
    if (itemName !== undefined) locals.set(itemName, { depth, is: 'item' });
    if (keyName !== undefined) locals.set(keyName, { depth, is: 'key' });
    const body = statement.program && this.statements(statement.program.body, { depth, locals });
    return (frame, run) => {
      run.take(statement);
      const items = over(frame, run);
      // Maps in sorted order: what is rendered must not depend on the order in which a person wrote keys.
      const entries: readonly (readonly [string | number, Traced])[] = isList(items)
        ? items.content.map((item, index) => [index, item] as const)
        : sortedEntries(items);
      run.way += `${entries.length};`;
      if (entries.length === 0) inverse?.(frame, run);
      entries.forEach(([key, item], index) => {
        run.take(statement);
        body?.(new Frame(item, frame, key, index, entries.length), run);
      });
    };
  }

  private expression(expression: hbs.AST.Expression, scope: Scope): Expression {
    const value = this.value(expression, scope);
    return (frame, run) => {
      run.take(expression);
      return value(frame, run);
    };
  }

  private value(expression: hbs.AST.Expression, scope: Scope): Expression {
    switch (expression.type) {
      case 'PathExpression':
        return this.path(expression as hbs.AST.PathExpression, scope);
      case 'SubExpression': {
        const sub = expression as hbs.AST.SubExpression;
        return this.call(pathName(sub.path) ?? '', sub, scope);
      }
      case 'StringLiteral':
      case 'NumberLiteral':
      case 'BooleanLiteral': {
        const literal = expression as hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral;
        const own = this.own(expression);
        return () => own(literal.value);
      }
      case 'NullLiteral': {
        const own = this.own(expression);
        return () => own(null);
      }
      default:
        return () => undefined;
    }
  }

  private path(path: hbs.AST.PathExpression, scope: Scope): Expression {
    const parts = path.parts.map(String);
    const [head = '', ...rest] = parts;
    if (path.data) {
      if (head !== 'root') return (frame) => descend(frame.data(head), rest);
      this.read(rest);
      return (_, run) => descend(run.root, rest);
    }
    const local = path.depth > 0 || startsAtThis(path) ? undefined : scope.locals.get(head);
    if (local !== undefined) {
      const up = scope.depth - local.depth;
      return local.is === 'item'
        ? (frame) => descend(ancestor(frame, up)?.self, rest)
        : (frame) => descend(ancestor(frame, up)?.data('key'), rest);
    }
    if (path.depth >= scope.depth) this.read(parts);
    const up = path.depth;
    return up === 0 ? (frame) => descend(frame.self, parts) : (frame) => descend(ancestor(frame, up)?.self, parts);
  }

  private read(path: readonly string[]): void {
    this.reads.set(JSON.stringify(path), path);
  }

  private call(name: string, call: hbs.AST.MustacheStatement | hbs.AST.SubExpression, scope: Scope): Expression {
    const params = call.params.map((param) => this.expression(param, scope));
    const values: Arguments = (frame, run) => params.map((param) => param(frame, run));
    /** Those that look at whole values pay for it. */
    const whole: Arguments = (frame, run) => {
      const all = values(frame, run);
      run.takeFor(all, call);
      return all;
    };
    const own = this.own(call.params[0]);
    switch (name) {
      case 'yaml':
        return (frame, run) => values(frame, run)[0];
      case 'json':
        return (frame, run) => {
          const [first] = whole(frame, run);
          return first && new Traced(canonicalJson(toJson(first)), first.origin);
        };
      case 'indent':
        return (frame, run) => {
          const [first, second] = whole(frame, run);
          return first && new Traced(indentBy(Number(first.content), textOf(second)), second?.origin ?? first.origin);
        };
      case 'lookup':
        return (frame, run) => {
          const [first, second] = values(frame, run);
          if (second === undefined) return undefined;
          return isList(first) ? first.content[Number(second.content)] : child(first, String(second.content));
        };
      case 'eq':
        return (frame, run) => {
          const [first, second] = whole(frame, run);
          return own(same(first, second));
        };
      case 'not':
        return (frame, run) => own(!isTruthy(values(frame, run)[0]));
      case 'and':
        return (frame, run) => firstWhere(values(frame, run), (value) => !isTruthy(value));
      case 'or':
        return (frame, run) => firstWhere(values(frame, run), isTruthy);
      default:
        return (frame, run) => {
          values(frame, run);
          return undefined;
        };
    }
  }

  /** Values that the template itself wrote at a place, which is looked up when there is one. */
  private own(at: hbs.AST.Expression | undefined): (content: string | number | boolean | null) => Traced {
    let origin: Origin | undefined;
    return (content) => {
      origin ??= {
        kind: 'template',
        capability: '',
        position: this.template.place(at?.loc ?? this.template.program.loc),
      };
      return new Traced(content, origin);
    };
  }
}

type Arguments = (frame: Frame, run: TemplateRun) => readonly (Traced | undefined)[];

function ancestor(frame: Frame, up: number): Frame | undefined {
  let current: Frame | undefined = frame;
  for (let step = 0; step < up; step += 1) current = current?.parent;
  return current;
}

function textSegment({ value, original, loc }: hbs.AST.ContentStatement, template: Template): TextSegment {
  // Handlebars strips white space around blocks from `value` and keeps the text in `original`.
  const stripped = Math.max(0, String(original).indexOf(value));
  const start = template.offset(loc.start.line, loc.start.column) + stripped;
  return { kind: 'text', text: value, start, end: start + value.length };
}

function rangeOf({ start, end }: hbs.AST.SourceLocation, template: Template) {
  return { start: template.offset(start.line, start.column), end: template.offset(end.line, end.column) };
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
  const [left, right] = [a.content, b.content];
  if (typeof left !== 'object' || typeof right !== 'object') return left === right;
  return canonicalJson(toJson(a)) === canonicalJson(toJson(b));
}

function indentBy(spaces: number, text: string): string {
  return text.replaceAll('\n', `\n${' '.repeat(Math.max(0, Math.min(100, spaces)))}`);
}
