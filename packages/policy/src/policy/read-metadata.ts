import { isDnsSubdomain } from './names.ts';
import { optionalObject, optionalString, type Place, readStringMap, requiredString } from './read-fields.ts';

const FIELDS = {
  known: [
    'name',
    'labels',
    'annotations',
    'finalizers',
    'ownerReferences',
    // What a cluster adds to an exported object.
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'managedFields',
    'selfLink',
    'generateName',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ],
};

export interface Metadata {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly namespace?: string;
}

/**
 * Name and annotations of a policy or binding; those of Kubernetes are cluster-scoped, so there is no namespace.
 *
 * @param more fields that kinds of others have
 */
export function readMetadata(document: Place, more: readonly 'namespace'[] = []): Metadata | undefined {
  const metadata = optionalObject(document, 'metadata', { known: [...FIELDS.known, ...more] });
  if (!metadata) {
    document.log.add([], 'policy/invalid', 'metadata is missing');
    return undefined;
  }
  const name = requiredString(metadata, 'name');
  readStringMap(metadata, 'labels');
  const annotations = readStringMap(metadata, 'annotations');
  if (name === undefined) return undefined;
  if (!isDnsSubdomain(name)) {
    const problem = `${JSON.stringify(name.slice(0, 80))} is not a valid name`;
    const hint = 'lower-case letters, digits, "-" and "."; it begins and ends with a letter or digit';
    metadata.log.add([...metadata.pointer, 'name'], 'policy/invalid', problem, { hint });
    return undefined;
  }
  const namespace = more.length > 0 ? optionalString(metadata, 'namespace') : undefined;
  return { name, annotations, ...(namespace === undefined ? {} : { namespace }) };
}
