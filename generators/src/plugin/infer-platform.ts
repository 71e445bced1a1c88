import type { ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { platformProject, policiesProject } from './project-names.ts';

const verbs = {
  lock: 'Brings locks up to date: identities, exact versions, images',
  schemas: 'Writes schemas: of the types of a cluster, else of the formats that editors check',
  validate: 'Finds what is wrong in the files of catalog, services, capabilities and environments',
  catalog: 'Lists the catalog, or shows one entity with all that it has to do with',
  check: 'Renders what would be deployed and evaluates the policies over it',
  explain: 'Explains a policy or the code of a finding',
  render: 'Prints the Kubernetes manifests of services',
  export: "Exports policies for a cluster's own admission",
  plan: 'Says what a change does to each environment',
  promote: 'Moves releases into an environment',
  status: 'Shows which release of each service is in which environment',
} as const;

/** The platform itself, in the root folder: one task a verb (`npx nx run platform:validate`). */
export function inferPlatform(): ProjectConfiguration {
  const targets = Object.entries(verbs).map(([verb, description]) => {
    const target = verbTarget(verb, description);
    return [verb, verb === 'export' ? { ...target, options: { what: 'policies' } } : target] as const;
  });
  return { root: '.', name: platformProject, tags: ['type:platform'], targets: Object.fromEntries(targets) };
}

/**
 * Verbs read branches and the clock, and keep a store of their own that knows what really changed: Nx's
 * cache could only be wrong. No inputs, so that Nx hashes no files for them either.
 */
function verbTarget(verb: string, description: string): TargetConfiguration {
  return { executor: `idp:${verb}`, cache: false, inputs: [], metadata: { description } };
}

/** The folder `policies/`: its test judges the examples of all policies (`npx nx run policies:test`). */
export function inferPolicies(): ProjectConfiguration {
  const description = 'Judges the examples of the policies: those that pass, and those that fail';
  const test = { ...verbTarget('test', description), options: { policies: true } };
  return { root: 'policies', name: policiesProject, tags: ['type:policies'], targets: { test } };
}
