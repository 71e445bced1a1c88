import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ProjectConfiguration } from '@nx/devkit';
import { capabilityProject } from './project-names.ts';
import { readDocuments } from './read-documents.ts';
import { referenceTag } from './reference-tag.ts';
import { textAt } from './value-at.ts';

/** The project of a capability. With a package.json it has a name already, and npm scripts as targets. */
export function inferCapability(workspaceRoot: string, root: string): Omit<ProjectConfiguration, 'root'> {
  const [capability] = readDocuments(join(workspaceRoot, root, 'capability.yaml'));
  const lifecycle = textAt(capability, 'spec', 'lifecycle');
  const named = existsSync(join(workspaceRoot, root, 'package.json'));
  return {
    ...(named ? {} : { name: capabilityProject(basename(root)) }),
    tags: [
      'type:capability',
      ...referenceTag('owner', textAt(capability, 'spec', 'owner'), 'group'),
      ...(lifecycle === undefined ? [] : [`lifecycle:${lifecycle}`]),
    ],
  };
}
