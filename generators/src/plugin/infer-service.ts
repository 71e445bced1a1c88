import { basename, join } from 'node:path';
import type { ProjectConfiguration } from '@nx/devkit';
import { serviceProject } from './project-names.ts';
import { readDocuments } from './read-documents.ts';
import { referenceTag } from './reference-tag.ts';
import { serviceTargets } from './service-targets.ts';
import { textAt } from './value-at.ts';

/** The project of a service: tags from its Component, targets from its own package.json. */
export function inferService(workspaceRoot: string, root: string): Omit<ProjectConfiguration, 'root'> {
  const documents = readDocuments(join(workspaceRoot, root, 'catalog-info.yaml'));
  const component = documents.find((document) => textAt(document, 'kind') === 'Component');
  const lifecycle = textAt(component, 'spec', 'lifecycle');
  return {
    name: serviceProject(basename(root)),
    projectType: 'application',
    tags: [
      'type:service',
      ...referenceTag('owner', textAt(component, 'spec', 'owner'), 'group'),
      ...referenceTag('system', textAt(component, 'spec', 'system'), 'system'),
      ...(lifecycle === undefined ? [] : [`lifecycle:${lifecycle}`]),
    ],
    targets: serviceTargets(join(workspaceRoot, root)),
  };
}
