import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { blockHelpers, helperArity, inlineHelpers, printingHelpers } from './helpers.ts';
import { itemSchema, type PathSchema, stepInto } from './schema-path.ts';
import { keepExpression, type Template } from './template.ts';

/** What names mean at one place of a template. */
interface Scope {
  readonly self: PathSchema;
  readonly root: PathSchema;
  readonly parents: readonly PathSchema[];
  readonly locals: ReadonlyMap<string, PathSchema>;
  readonly inEach: boolean;
}

/**
 * Checks a template against the schema of what it will see, before it is ever rendered: every path, also in
 * helpers' arguments and conditions (which Handlebars' own strict mode does not look at), every helper, and
 * that YAML templates print values only by `{{yaml x}}`.
 */
export function checkTemplate(template: Template, context: PathSchema): readonly Finding[] {
  const checker = new Checker(template);
  checker.statements(template.program.body, {
    self: context,
    root: context,
    parents: [],
    locals: new Map(),
    inEach: false,
  });
  return checker.findings;
}

class Checker {
  readonly findings: Finding[] = [];
  private readonly template: Template;

  constructor(template: Template) {
    this.template = template;
  }

  statements(body: readonly hbs.AST.Statement[], scope: Scope): void {
    for (const statement of body) this.statement(statement, scope);
  }

  private statement(statement: hbs.AST.Statement, scope: Scope): void {
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return;
      case 'MustacheStatement':
        this.mustache(statement as hbs.AST.MustacheStatement, scope);
        return;
      case 'BlockStatement':
        this.block(statement as hbs.AST.BlockStatement, scope);
        return;
      default:
        this.refuse(
          'template/not-allowed',
          `${describeStatement(statement.type)} are not part of the templates' language`,
          'write it with `{{#if}}`, `{{#each}}` and the helpers',
          statement.loc,
        );
    }
  }

  private mustache(statement: hbs.AST.MustacheStatement, scope: Scope): void {
    const name = pathName(statement.path);
    if (!statement.escaped) {
      this.refuse(
        'template/not-allowed',
        'a value is printed by two braces',
        `write \`{{${name ?? 'x'}}}\`: nothing is escaped for HTML here`,
        statement.loc,
      );
    }
    if (name !== undefined && isHelper(name) && statement.params.length > 0) {
      this.call(name, statement.params, statement.hash, statement.loc, scope);
      if (!printingHelpers.includes(name)) {
        this.refuse(
          'template/not-allowed',
          `{{${name} …}} prints nothing`,
          `use it in a condition: \`{{#if (${name} …)}}\``,
          statement.loc,
        );
      }
      return;
    }
    if (statement.params.length > 0 || statement.hash?.pairs.length > 0) {
      this.refuse(
        'template/unknown-helper',
        `${quote(name ?? '…')} is not a helper`,
        didYouMean(name ?? '', inlineHelpers),
        statement.path.loc,
      );
      return;
    }
    const { mode } = this.template;
    if (mode !== 'text') {
      const written = name ?? 'x';
      this.refuse(
        'template/bare-value',
        `{{${written}}} would splice text into ${mode.toUpperCase()}`,
        `write \`{{${mode} ${written}}}\`, which keeps types and cannot be broken out of; or \`\\{{${written}}}\` for braces that are read elsewhere`,
        statement.loc,
      );
      // Braces of Prometheus and Grafana: that they are no path of ours would be said twice.
      if (/^[$.]/.test(written) || mode === 'json') return;
    }
    this.expression(statement.path, scope);
  }

  private block(statement: hbs.AST.BlockStatement, scope: Scope): void {
    const name = pathName(statement.path) ?? '';
    const { start } = statement.loc;
    if (this.template.text.startsWith('{{{{', this.template.offset(start.line, start.column))) {
      this.refuse(
        'template/not-allowed',
        "raw blocks are not part of the templates' language",
        undefined,
        statement.loc,
      );
      return;
    }
    if (!(blockHelpers as readonly string[]).includes(name)) {
      this.refuse(
        'template/unknown-helper',
        `{{#${name}}} is not a block that templates have`,
        didYouMean(name, blockHelpers),
        statement.path.loc,
      );
      return;
    }
    this.call(name, statement.params, statement.hash, statement.loc, scope);
    const inner = name === 'each' ? this.eachScope(statement, scope) : scope;
    if (statement.program !== undefined) this.statements(statement.program.body, inner);
    if (statement.inverse !== undefined) this.statements(statement.inverse.body, scope);
  }

  private eachScope(statement: hbs.AST.BlockStatement, scope: Scope): Scope {
    const [over] = statement.params;
    const self = itemSchema(
      over?.type === 'PathExpression' ? this.schemaOf(over as hbs.AST.PathExpression, scope) : undefined,
    );
    const locals = new Map(scope.locals);
    const [item, key] = statement.program?.blockParams ?? [];
    if (item !== undefined) locals.set(item, self);
    if (key !== undefined) locals.set(key, undefined);
    return { self, root: scope.root, parents: [scope.self, ...scope.parents], locals, inEach: true };
  }

  private call(
    name: string,
    params: readonly hbs.AST.Expression[],
    hash: hbs.AST.Hash | undefined,
    location: hbs.AST.SourceLocation,
    scope: Scope,
  ): void {
    const [least, most] = helperArity[name] ?? [0, 0];
    if (params.length < least || params.length > most) {
      this.refuse(
        'template/not-allowed',
        `${quote(name)} takes ${least === most ? least : `${least} to ${most}`} arguments, not ${params.length}`,
        undefined,
        location,
      );
    }
    for (const pair of hash?.pairs ?? []) {
      this.refuse(
        'template/not-allowed',
        `${quote(name)} has no named argument ${quote(pair.key)}`,
        undefined,
        pair.loc,
      );
    }
    for (const param of params) this.expression(param, scope);
    if (name === 'lookup') this.lookup(params, scope);
  }

  /** A name that the template itself writes is checked like a step of a path. */
  private lookup([over, key]: readonly hbs.AST.Expression[], scope: Scope): void {
    if (over?.type !== 'PathExpression' || key?.type !== 'StringLiteral') return;
    const path = over as hbs.AST.PathExpression;
    this.walk(this.schemaOf(path, scope), [(key as hbs.AST.StringLiteral).value], path, true);
  }

  private expression(expression: hbs.AST.Expression, scope: Scope): void {
    if (expression.type === 'PathExpression') {
      this.schemaOf(expression as hbs.AST.PathExpression, scope, true);
    } else if (expression.type === 'SubExpression') {
      const sub = expression as hbs.AST.SubExpression;
      const name = pathName(sub.path);
      if (name === undefined || !(inlineHelpers as readonly string[]).includes(name)) {
        this.refuse(
          'template/unknown-helper',
          `${quote(name ?? '…')} is not a helper`,
          didYouMean(name ?? '', inlineHelpers),
          sub.path.loc,
        );
      } else this.call(name, sub.params, sub.hash, sub.loc, scope);
    }
  }

  /** The schema of what a path names; reports the first step that the schema does not know. */
  private schemaOf(path: hbs.AST.PathExpression, scope: Scope, report = false): PathSchema {
    const parts = path.parts.map(String);
    if (path.data) return this.dataVariable(path, parts, scope, report);
    let [schema, rest]: readonly [PathSchema, readonly string[]] = [scope.self, parts];
    const local = path.depth === 0 && !startsAtThis(path) ? parts[0] : undefined;
    if (path.depth > scope.parents.length) {
      if (report)
        this.refuse(
          'template/unknown-path',
          `${quote(path.original)} leads out of the template`,
          'each `../` leaves one `{{#each}}`',
          path.loc,
        );
      return undefined;
    }
    if (local !== undefined && scope.locals.has(local)) [schema, rest] = [scope.locals.get(local), parts.slice(1)];
    else if (path.depth > 0) schema = scope.parents[path.depth - 1];
    return this.walk(schema, rest, path, report);
  }

  private dataVariable(
    path: hbs.AST.PathExpression,
    parts: readonly string[],
    scope: Scope,
    report: boolean,
  ): PathSchema {
    const [name = '', ...rest] = parts;
    if (path.depth === 0 && name === 'root') return this.walk(scope.root, rest, path, report);
    if (path.depth === 0 && scope.inEach && ['key', 'index', 'first', 'last'].includes(name)) return undefined;
    if (report)
      this.refuse(
        'template/unknown-path',
        `${path.original.startsWith('@') ? path.original : `@${path.original}`} does not exist here`,
        '`@key` and `@index` exist inside `{{#each}}`',
        path.loc,
      );
    return undefined;
  }

  private walk(start: PathSchema, parts: readonly string[], path: hbs.AST.PathExpression, report: boolean): PathSchema {
    let schema = start;
    for (const part of parts) {
      const step = stepInto(schema, part);
      if (step.kind === 'unknown') {
        if (report) {
          this.refuse(
            'template/unknown-path',
            `${quote(path.original)} does not exist: ${quote(part)} is not declared`,
            didYouMean(part, step.known) ?? 'declare it in capability.yaml',
            path.loc,
          );
        }
        return undefined;
      }
      schema = step.schema;
    }
    return schema;
  }

  private refuse(code: string, message: string, hint: string | undefined, location: hbs.AST.SourceLocation): void {
    const mend = this.isOfWorkflow(location) ? keepExpression : hint;
    this.findings.push({
      code,
      severity: 'error',
      message,
      ...(mend !== undefined && { hint: mend }),
      ...this.template.place(location),
    });
  }

  /** `${{ github.sha }}`: what a workflow's file is full of, and Handlebars reads as its own. */
  private isOfWorkflow({ start }: hbs.AST.SourceLocation): boolean {
    const { text } = this.template;
    const at = this.template.offset(start.line, start.column);
    return /\$\{\{\s*$/.test(text.slice(Math.max(0, at - 20), at)) || text.slice(at - 1, at + 2) === '${{';
  }
}

export function pathName(path: hbs.AST.Expression): string | undefined {
  return path.type === 'PathExpression' ? (path as hbs.AST.PathExpression).original : undefined;
}

/** `this.x` and `./x` mean the current value, whatever names `as |x|` gave. */
export function startsAtThis(path: hbs.AST.PathExpression): boolean {
  return /^(this|\.)([./]|$)/.test(path.original);
}

export function isHelper(name: string): boolean {
  return (inlineHelpers as readonly string[]).includes(name);
}

function describeStatement(type: string): string {
  const words: Readonly<Record<string, string>> = {
    PartialStatement: 'partials',
    PartialBlockStatement: 'partials',
    Decorator: 'decorators',
    DecoratorBlock: 'decorators',
  };
  return words[type] ?? `statements of type ${type}`;
}
