/**
 * Kinds of Kubernetes itself whose objects are in no namespace (`kubectl api-resources --namespaced=false`, v1.37), as
 * `group/kind`. Kinds of others are known only by how they are named by custom.
 */
const kinds: ReadonlySet<string> = new Set([
  '/ComponentStatus',
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'authentication.k8s.io/SelfSubjectReview',
  'authentication.k8s.io/TokenReview',
  'authorization.k8s.io/SelfSubjectAccessReview',
  'authorization.k8s.io/SelfSubjectRulesReview',
  'authorization.k8s.io/SubjectAccessReview',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/ClusterTrustBundle',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
  'storage.k8s.io/VolumeAttributesClass',
]);

/** Groups of Kubernetes itself whose kinds are all namespaced. */
const namespacedGroups = [
  'apps',
  'autoscaling',
  'batch',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'policy',
];
const ownGroups: ReadonlySet<string> = new Set([
  ...namespacedGroups,
  ...[...kinds].map((kind) => kind.split('/')[0] ?? ''),
]);

/** ClusterIssuer, ClusterPolicy: an operator's kind for all namespaces. A kind that is just `Cluster` is a database's. */
const named = /^Cluster[A-Z]/;

/** Whether an object of this kind would be the whole cluster's and not a namespace's. */
export function isClusterScoped({ group, kind }: { readonly group: string; readonly kind: string }): boolean {
  return kinds.has(`${group}/${kind}`) || named.test(kind);
}

/** Whether Kubernetes itself has the group and puts the kind's objects into namespaces; of others nobody knows here. */
export function isKnownNamespaced({ group, kind }: { readonly group: string; readonly kind: string }): boolean {
  return ownGroups.has(group) && !kinds.has(`${group}/${kind}`);
}
