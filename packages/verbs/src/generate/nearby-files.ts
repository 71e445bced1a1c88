import { isServiceName, requirementsOf, type Snapshot } from '@idp/core';
import { loadPartOfWorkingTree, type OnProcess } from '@idp/git';

const common = ['idp.yaml', 'environments', 'catalog', 'catalog-info.yaml', 'catalog-info.yml'];

/**
 * The files of core's `Surroundings`. They are read again as long as they name capabilities that were not read.
 *
 * @param service a name of a service
 * @param capabilities those that the service needs, as far as the files say it
 */
export async function nearbyFiles(
  root: string,
  service: string,
  capabilities: (files?: Snapshot) => readonly string[],
  onProcess?: OnProcess,
): Promise<Snapshot> {
  const needed = new Set(capabilities().filter(isServiceName));
  for (;;) {
    const folders = [...needed].map((capability) => `capabilities/${capability}`);
    const pathspecs = [...common, ...folders, `:(icase)services/${service}`];
    const snapshot = await loadPartOfWorkingTree(root, { pathspecs, onProcess });
    const known = needed.size;
    const named = capabilities(snapshot);
    for (const capability of [...named, ...needed])
      for (const other of [capability, ...requirementsOf(snapshot, capability)])
        if (isServiceName(other)) needed.add(other);
    if (needed.size === known) return snapshot;
  }
}
