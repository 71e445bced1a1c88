import { type Tree, visitNotIgnoredFiles } from '@nx/devkit';
import type { WalkTree } from '../recording-tree.ts';

/** How Nx itself walks a tree. */
export function walkOf(tree: Tree): WalkTree {
  return async () => {
    const paths: string[] = [];
    visitNotIgnoredFiles(tree, '.', (path) => paths.push(path));
    return paths;
  };
}
