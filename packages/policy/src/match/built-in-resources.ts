/** The resources of Kubernetes' own groups that people write policies about (API reference, 1.34; a name never leaves its group). */
const BUILT_IN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    [
      '',
      'bindings componentstatuses configmaps endpoints events limitranges namespaces nodes persistentvolumeclaims',
      'persistentvolumes pods podtemplates replicationcontrollers resourcequotas secrets serviceaccounts services',
    ],
    ['apps', 'controllerrevisions daemonsets deployments replicasets statefulsets'],
    ['batch', 'cronjobs jobs'],
    ['autoscaling', 'horizontalpodautoscalers'],
    ['policy', 'poddisruptionbudgets podsecuritypolicies'],
    ['networking.k8s.io', 'ingressclasses ingresses ipaddresses networkpolicies servicecidrs'],
    ['rbac.authorization.k8s.io', 'clusterrolebindings clusterroles rolebindings roles'],
  ].map(([group = '', ...resources]) => [group, new Set(resources.join(' ').split(' '))]),
);

/** Whether a group of Kubernetes itself lacks a resource; of other groups nobody knows here. */
export function isNoResource(group: string, resource: string): boolean {
  const known = BUILT_IN.get(group);
  const [name = ''] = resource.split('/');
  return known !== undefined && name !== '*' && !known.has(name);
}
