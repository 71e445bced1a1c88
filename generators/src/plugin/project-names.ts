/** The projects that are not named by a folder of the company's. */
export const platformProject = 'platform';
export const policiesProject = 'policies';
const taken: ReadonlySet<string> = new Set([platformProject, policiesProject, 'idp']);

/** The Nx project (and npm package) of the capability in `capabilities/<folder>` (design, section 4). */
export function capabilityProject(folder: string): string {
  return `capability-${folder}`;
}

/**
 * The Nx project of the service in `services/<folder>`: its own name. Two projects of one name break the
 * whole project graph, so a service that is named like a project of ours is set apart.
 */
export function serviceProject(folder: string): string {
  return taken.has(folder) || folder.startsWith(capabilityProject('')) ? `service-${folder}` : folder;
}
