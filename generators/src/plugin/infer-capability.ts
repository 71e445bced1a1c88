import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { capabilityProject } from './project-names.ts';
import { readDocuments } from './read-documents.ts';
import { referenceTag } from './reference-tag.ts';
import { textAt, valueAt } from './value-at.ts';

/** The project of a capability. With a package.json it has a name already, and npm scripts as targets. */
export function inferCapability(workspaceRoot: string, root: string): Omit<ProjectConfiguration, 'root'> {
  const [capability] = readDocuments(join(workspaceRoot, root, 'capability.yaml'));
  const lifecycle = textAt(capability, 'spec', 'lifecycle');
  const manifest = readManifest(join(workspaceRoot, root, 'package.json'));
  return {
    ...(manifest === undefined ? { name: capabilityProject(basename(root)) } : {}),
    tags: [
      'type:capability',
      ...referenceTag('owner', textAt(capability, 'spec', 'owner'), 'group'),
      ...(lifecycle === undefined ? [] : [`lifecycle:${lifecycle}`]),
    ],
    // A producer's own script `test` is what they mean by it; `npx idp test` is there beside it.
    targets: valueAt(manifest, 'scripts', 'test') === undefined ? { test: fixturesTarget(basename(root)) } : {},
  };
}

/**
 * The producers' kit. It renders all fixtures in less time than Nx needs to look into its cache, and reads more than the
 * capability's folder: what it requires, the policies, the tool itself. So nothing is cached, and nothing can be stale.
 */
function fixturesTarget(capability: string): TargetConfiguration {
  return {
    executor: 'idp:test',
    options: { capability: [capability] },
    cache: false,
    metadata: { description: 'Renders the fixtures, compares with their golden files, judges by policies' },
  };
}

function readManifest(file: string): unknown {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return {};
  }
}
