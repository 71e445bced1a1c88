import { basename, dirname } from 'node:path';
import type { CreateNodes } from '@nx/devkit';
import { inferCapability } from './infer-capability.ts';
import { inferPlatform } from './infer-platform.ts';
import { inferService } from './infer-service.ts';

/** One descriptor a project: `nx.json` stands for the platform, which has no descriptor that must exist. */
export const descriptorPattern = '{nx.json,services/*/catalog-info.yaml,capabilities/*/capability.yaml}';

/**
 * Makes services, capabilities and the platform projects of Nx, so that `nx affected`, `nx run` and
 * `nx graph` know them.
 */
export const createNodes: CreateNodes = [
  descriptorPattern,
  (descriptors, _options, context) =>
    descriptors.map((descriptor) => {
      const root = dirname(descriptor);
      return [descriptor, { projects: { [root]: infer(basename(descriptor), context.workspaceRoot, root) } }] as const;
    }),
];

function infer(descriptor: string, workspaceRoot: string, root: string) {
  if (descriptor === 'catalog-info.yaml') return inferService(workspaceRoot, root);
  if (descriptor === 'capability.yaml') return inferCapability(workspaceRoot, root);
  return inferPlatform();
}
