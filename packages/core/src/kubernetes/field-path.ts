import type { Pointer } from '../json/pointer.ts';

/** A path as Kubernetes writes one: `spec.ports[0].name`, `metadata.labels["app.kubernetes.io/name"]`. */
export function fieldPath(path: Pointer): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (/^[A-Za-z_$][\w-]*$/.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment.length > 80 ? `${segment.slice(0, 77)}...` : segment)}]`;
  }
  return text === '' ? 'the object' : text;
}
