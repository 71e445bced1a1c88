import { join } from 'node:path';
import type {
  CreateDependencies,
  CreateDependenciesContext,
  DependencyType,
  RawProjectGraphDependency,
} from '@nx/devkit';
import { readDocuments } from './read-documents.ts';
import { readerOf } from './used-names.ts';

/** The enum's own value: importing the enum would load all of Nx's devkit at the start of every command. */
const staticDependency = 'static' as DependencyType.static;

/**
 * Draws the arrows of the project graph: from a service to the capabilities and services that its Score file
 * uses, and between capabilities along `requires`. A name without a project is no arrow here; `idp validate`
 * reports it.
 *
 * Every file is looked at, not only what changed since the last command: an arrow may appear because its
 * target did.
 */
export const createDependencies: CreateDependencies = (_options, context) =>
  Object.entries(context.projects).flatMap(([source, { root }]) => dependenciesOf(source, root, context));

function dependenciesOf(source: string, root: string, context: CreateDependenciesContext): RawProjectGraphDependency[] {
  const files = context.fileMap.projectFileMap[source] ?? [];
  return files.flatMap(({ file }) => {
    const read = readerOf(root, file);
    if (read === undefined) return [];
    const names = new Set(readDocuments(join(context.workspaceRoot, file)).flatMap(read));
    return [...names]
      .filter((target) => target !== source && Object.hasOwn(context.projects, target))
      .map((target) => ({ source, target, sourceFile: file, type: staticDependency }));
  });
}
