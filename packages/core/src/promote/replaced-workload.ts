const deployment = /\/deployment\.apps-([^/]+)$/;

/**
 * Whether a manifest is the Deployment that a StatefulSet of the same name has taken the place of: both would run at once,
 * behind one Service. A Deployment keeps nothing, so that it goes without the two promotions that a deletion of data takes
 * (design, section 5, "Deletion"). A StatefulSet stays: its volumes may go with it.
 *
 * @param path of a manifest that is no longer rendered
 * @param files what is rendered, by path
 */
export function isReplacedWorkload(path: string, files: ReadonlyMap<string, unknown>): boolean {
  return deployment.test(path) && files.has(path.replace(deployment, '/statefulset.apps-$1'));
}
