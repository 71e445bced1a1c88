/** Built-in kinds without a namespace. */
const CLUSTER_SCOPED = new Set(
  [
    'apiservice certificatesigningrequest clusterrole clusterrolebinding csidriver csinode customresourcedefinition',
    'deviceclass flowschema ingressclass ipaddress mutatingadmissionpolicy mutatingadmissionpolicybinding',
    'mutatingwebhookconfiguration namespace node persistentvolume priorityclass prioritylevelconfiguration',
    'resourceslice runtimeclass servicecidr storageclass storageversion validatingadmissionpolicy',
    'validatingadmissionpolicybinding validatingwebhookconfiguration volumeattachment volumeattributesclass',
  ].flatMap((line) => line.split(' ')),
);

/** Groups of Kubernetes itself: every kind there that is not listed above has a namespace. */
const BUILT_IN_GROUPS = /^(?:|apps|batch|autoscaling|policy|extensions|[a-z.-]+\.k8s\.io)$/;

/**
 * The resource name of a kind, by the rules of English that the API's authors follow. A cluster learns it
 * from discovery; a custom resource with a plural of its own choosing is matched by `*` only.
 */
export function resourceName(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular === 'endpoints') return singular;
  if (/(?:s|x|ch|sh)$/.test(singular)) return `${singular}es`;
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}

/** Whether objects of a kind live in a namespace; `undefined` for a kind that is not built in. */
export function isNamespaced(group: string, kind: string): boolean | undefined {
  if (!BUILT_IN_GROUPS.test(group)) return undefined;
  return !CLUSTER_SCOPED.has(kind.toLowerCase());
}
