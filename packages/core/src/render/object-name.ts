import type { ObjectIdentity } from './manifest-path.ts';

/** RFC 1123 as Kubernetes reads it (apimachinery, `IsDNS1123Subdomain`): what the names of nearly all kinds are. */
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const maxName = 253;
/** NAME_MAX of the file systems that environment branches are checked out on. */
const maxFileName = 255;

/**
 * What keeps the API server from taking an object's name, or git from checking its manifest out.
 *
 * @param path the manifest's, whose last segment is the file's name
 * @returns what is wrong, to follow the name in a message
 */
export function nameProblem({ group, name }: Pick<ObjectIdentity, 'group' | 'name'>, path: string): string | undefined {
  if (name.length > maxName) return `a name has at most ${maxName} characters, not ${name.length}`;
  // Roles and their bindings may be called `system:node` (apimachinery, `ValidatePathSegmentName`).
  if (group === 'rbac.authorization.k8s.io') {
    if (name === '.' || name === '..' || /[/%]/.test(name)) return 'the name is not one segment of a path';
  } else if (!subdomain.test(name))
    return 'a name has lower-case letters, digits, `-` and `.`, and begins and ends with a letter or a digit';
  const file = path.slice(path.lastIndexOf('/') + 1);
  // A UTF-16 code unit is three bytes at most.
  if (3 * file.length <= maxFileName) return undefined;
  const bytes = new TextEncoder().encode(file).length;
  return bytes > maxFileName
    ? `the manifest's file name has ${bytes} bytes, at most ${maxFileName} are possible`
    : undefined;
}
