import type { Template } from './template.ts';

interface Node {
  readonly type?: string;
  readonly params?: readonly unknown[];
  readonly [field: string]: unknown;
}

/**
 * The first names of all paths that a template reads: `params` of `{{params.size}}`. Where a block gives names a meaning of
 * their own, these are among them, and so is `@` for what leaves its place (`@root`, `../`): whoever knows all names knows
 * all that is read.
 */
export function templateRoots({ program }: Template): ReadonlySet<string> {
  const roots = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    if (node.type === 'PathExpression') {
      const { parts, depth, data } = value as hbs.AST.PathExpression;
      roots.add(data || depth > 0 || parts.length === 0 ? '@' : String(parts[0]));
      return;
    }
    // With arguments, the path is a helper's name.
    const isCall = (node.params?.length ?? 0) > 0;
    for (const [field, inner] of Object.entries(node))
      if (field !== 'loc' && !(isCall && field === 'path')) visit(inner);
  };
  visit(program);
  return roots;
}
