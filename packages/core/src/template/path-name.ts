/** A path as it is written, `../service.name`; `undefined` for an expression that is no path. */
export function pathName(expression: hbs.AST.Expression): string | undefined {
  return expression.type === 'PathExpression' ? (expression as hbs.AST.PathExpression).original : undefined;
}

/** `this.x` and `./x` mean the current value, whatever names `as |x|` gave. */
export function startsAtThis(path: hbs.AST.PathExpression): boolean {
  return /^(this|\.)([./]|$)/.test(path.original);
}
