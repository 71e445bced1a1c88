import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { blockHelpers, helperArity, inlineHelpers, isHelper, printingHelpers } from './helpers.ts';
import { keepExpression } from './parse-failure.ts';
import { pathName } from './path-name.ts';
import type { PathSchema } from './schema-path.ts';
import { eachScope, type Named, type SchemaScope, schemaOf, schemaOfKey, scopeOf } from './schema-scope.ts';
import type { Template } from './template.ts';

/**
 * Checks a template against the schema of what it will see, before it is ever rendered: every path, also in
 * helpers' arguments and conditions (which Handlebars' own strict mode does not look at), every helper, and
 * that YAML templates print values only by `{{yaml x}}`.
 */
export function checkTemplate(template: Template, context: PathSchema): readonly Finding[] {
  const checker = new Checker(template);
  checker.statements(template.program.body, scopeOf(context));
  return checker.findings;
}

class Checker {
  readonly findings: Finding[] = [];
  private readonly template: Template;

  constructor(template: Template) {
    this.template = template;
  }

  statements(body: readonly hbs.AST.Statement[], scope: SchemaScope): void {
    for (const statement of body) this.statement(statement, scope);
  }

  private statement(statement: hbs.AST.Statement, scope: SchemaScope): void {
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

  private mustache(statement: hbs.AST.MustacheStatement, scope: SchemaScope): void {
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

  private block(statement: hbs.AST.BlockStatement, scope: SchemaScope): void {
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
    const inner = name === 'each' ? eachScope(statement, scope) : scope;
    if (statement.program !== undefined) this.statements(statement.program.body, inner);
    if (statement.inverse !== undefined) this.statements(statement.inverse.body, scope);
  }

  private call(
    name: string,
    params: readonly hbs.AST.Expression[],
    hash: hbs.AST.Hash | undefined,
    location: hbs.AST.SourceLocation,
    scope: SchemaScope,
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
  private lookup([over, key]: readonly hbs.AST.Expression[], scope: SchemaScope): void {
    if (over?.type !== 'PathExpression' || key?.type !== 'StringLiteral') return;
    const path = over as hbs.AST.PathExpression;
    this.reportUnknown(schemaOfKey(path, (key as hbs.AST.StringLiteral).value, scope), path);
  }

  private expression(expression: hbs.AST.Expression, scope: SchemaScope): void {
    if (expression.type === 'PathExpression') {
      this.reportUnknown(schemaOf(expression as hbs.AST.PathExpression, scope), expression);
    } else if (expression.type === 'SubExpression') {
      const sub = expression as hbs.AST.SubExpression;
      const name = pathName(sub.path);
      if (name === undefined || !isHelper(name)) {
        this.refuse(
          'template/unknown-helper',
          `${quote(name ?? '…')} is not a helper`,
          didYouMean(name ?? '', inlineHelpers),
          sub.path.loc,
        );
      } else this.call(name, sub.params, sub.hash, sub.loc, scope);
    }
  }

  private reportUnknown(named: Named, { loc }: hbs.AST.Expression): void {
    if (named.kind === 'unknown') this.refuse('template/unknown-path', named.message, named.hint, loc);
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

function describeStatement(type: string): string {
  const words: Readonly<Record<string, string>> = {
    PartialStatement: 'partials',
    PartialBlockStatement: 'partials',
    Decorator: 'decorators',
    DecoratorBlock: 'decorators',
  };
  return words[type] ?? `statements of type ${type}`;
}
