import { child, type Traced } from '../../provenance/traced.ts';
import type { Probe } from '../kubernetes.ts';

/**
 * A probe of a container. Score lets one say `exec` and `httpGet`, and wants `exec` to be preferred by who supports
 * both; Kubernetes takes one.
 */
export function probeOf(node: Traced | undefined): Probe | undefined {
  const exec = child(node, 'exec');
  if (exec !== undefined) return { exec };
  const get = child(node, 'httpGet');
  const path = child(get, 'path');
  const port = child(get, 'port');
  if (path === undefined || port === undefined) return undefined;
  return {
    httpGet: {
      path,
      port,
      scheme: child(get, 'scheme'),
      host: child(get, 'host'),
      httpHeaders: child(get, 'httpHeaders'),
    },
  };
}
