import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { startsAtThis } from './path-name.ts';
import { itemSchema, type PathSchema, stepInto } from './schema-path.ts';

/** What names mean at one place of a template. */
export interface SchemaScope {
  readonly self: PathSchema;
  readonly root: PathSchema;
  readonly parents: readonly PathSchema[];
  readonly locals: ReadonlyMap<string, PathSchema>;
  readonly inEach: boolean;
}

/** What a path names, or why it names nothing. */
export type Named =
  | { readonly kind: 'found'; readonly schema: PathSchema }
  | { readonly kind: 'unknown'; readonly message: string; readonly hint: string };

/** The scope of a whole template that sees `context`. */
export function scopeOf(context: PathSchema): SchemaScope {
  return { self: context, root: context, parents: [], locals: new Map(), inEach: false };
}

/** The scope within an `{{#each}}`, where `this` is an entry of what it goes over. */
export function eachScope(statement: hbs.AST.BlockStatement, scope: SchemaScope): SchemaScope {
  const [over] = statement.params;
  const self = itemSchema(
    over?.type === 'PathExpression' ? knownSchema(over as hbs.AST.PathExpression, scope) : undefined,
  );
  const locals = new Map(scope.locals);
  const [item, key] = statement.program?.blockParams ?? [];
  if (item !== undefined) locals.set(item, self);
  if (key !== undefined) locals.set(key, undefined);
  return { self, root: scope.root, parents: [scope.self, ...scope.parents], locals, inEach: true };
}

/** The schema of what a path names; `unknown` at the first step that the schema does not know. */
export function schemaOf(path: hbs.AST.PathExpression, scope: SchemaScope): Named {
  const parts = path.parts.map(String);
  if (path.data) return dataVariable(path, parts, scope);
  if (path.depth > scope.parents.length)
    return {
      kind: 'unknown',
      message: `${quote(path.original)} leads out of the template`,
      hint: 'each `../` leaves one `{{#each}}`',
    };
  const local = path.depth === 0 && !startsAtThis(path) ? parts[0] : undefined;
  if (local !== undefined && scope.locals.has(local)) return walk(scope.locals.get(local), parts.slice(1), path);
  return walk(path.depth > 0 ? scope.parents[path.depth - 1] : scope.self, parts, path);
}

/** What `{{lookup over "key"}}` names: a key that the template itself writes is a step like those of a path. */
export function schemaOfKey(over: hbs.AST.PathExpression, key: string, scope: SchemaScope): Named {
  return walk(knownSchema(over, scope), [key], over);
}

/** Of what is not known anything may be taken: that it is not known is said once, at its own place. */
function knownSchema(path: hbs.AST.PathExpression, scope: SchemaScope): PathSchema {
  const named = schemaOf(path, scope);
  return named.kind === 'found' ? named.schema : undefined;
}

function dataVariable(path: hbs.AST.PathExpression, parts: readonly string[], scope: SchemaScope): Named {
  const [name = '', ...rest] = parts;
  if (path.depth === 0 && name === 'root') return walk(scope.root, rest, path);
  if (path.depth === 0 && scope.inEach && ['key', 'index', 'first', 'last'].includes(name))
    return { kind: 'found', schema: undefined };
  return {
    kind: 'unknown',
    message: `${path.original.startsWith('@') ? path.original : `@${path.original}`} does not exist here`,
    hint: '`@key` and `@index` exist inside `{{#each}}`',
  };
}

function walk(start: PathSchema, parts: readonly string[], path: hbs.AST.PathExpression): Named {
  let schema = start;
  for (const part of parts) {
    const step = stepInto(schema, part);
    if (step.kind === 'unknown')
      return {
        kind: 'unknown',
        message: `${quote(path.original)} does not exist: ${quote(part)} is not declared`,
        hint: didYouMean(part, step.known) ?? 'declare it in capability.yaml',
      };
    schema = step.schema;
  }
  return { kind: 'found', schema };
}
