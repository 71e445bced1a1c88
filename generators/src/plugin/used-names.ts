import { capabilityProject, serviceProject } from './project-names.ts';
import { entriesAt, itemsAt, textAt } from './value-at.ts';

/** Resource types of Score that are no capabilities (design, section 4), besides `service`. */
const builtIn: ReadonlySet<string> = new Set(['volume', 'environment']);

/**
 * The projects that a Score file, or an environment's override of one, names: its workload's capability, its
 * resources' capabilities, and for `type: service` the service of that `id`, or else of the resource's own name.
 */
export function projectsOfScore(score: unknown): readonly string[] {
  const workload = textAt(score, 'metadata', 'workload', 'type');
  const resources = entriesAt(score, 'resources').flatMap(([name, resource]) => {
    const type = textAt(resource, 'type');
    if (type === undefined || builtIn.has(type)) return [];
    return [type === 'service' ? serviceProject(textAt(resource, 'id') ?? name) : capabilityProject(type)];
  });
  return workload === undefined ? resources : [capabilityProject(workload), ...resources];
}

/** The capabilities that a capability requires. */
export function projectsOfCapability(capability: unknown): readonly string[] {
  return itemsAt(capability, 'spec', 'requires').flatMap((requirement) => {
    const name = textAt(requirement, 'capability');
    return name === undefined ? [] : [capabilityProject(name)];
  });
}

/** How a file of a project names other projects, `undefined` for a file that does not. */
export function readerOf(root: string, file: string): ((document: unknown) => readonly string[]) | undefined {
  const path = file.slice(root.length + 1);
  if (root.startsWith('services/') && (path === 'score.yaml' || /^environments\/[^/]+\.ya?ml$/.test(path)))
    return projectsOfScore;
  if (root.startsWith('capabilities/') && path === 'capability.yaml') return projectsOfCapability;
  return undefined;
}
