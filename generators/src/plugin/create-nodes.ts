import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CreateNodes } from '@nx/devkit';
import { inferCapability } from './infer-capability.ts';
import { inferPlatform, inferPolicies } from './infer-platform.ts';
import { inferService } from './infer-service.ts';

/** One descriptor a project: `nx.json` stands for the platform and its policies, which have no descriptor that must exist. */
export const descriptorPattern = '{nx.json,services/*/catalog-info.yaml,capabilities/*/capability.yaml}';

/**
 * Makes services, capabilities, the policies and the platform projects of Nx, so that `nx affected`, `nx run` and
 * `nx graph` know them.
 */
export const createNodes: CreateNodes = [
  descriptorPattern,
  (descriptors, _options, context) =>
    descriptors.map((descriptor) => {
      const root = dirname(descriptor);
      return [descriptor, { projects: projectsOf(basename(descriptor), context.workspaceRoot, root) }] as const;
    }),
];

function projectsOf(descriptor: string, workspaceRoot: string, root: string) {
  if (descriptor === 'catalog-info.yaml') return { [root]: inferService(workspaceRoot, root) };
  if (descriptor === 'capability.yaml') return { [root]: inferCapability(workspaceRoot, root) };
  const policies = existsSync(join(workspaceRoot, 'policies')) && { policies: inferPolicies() };
  return { [root]: inferPlatform(), ...policies };
}
