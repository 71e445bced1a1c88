import { child, descend, sortedEntries, stringIn, type Traced } from '../../provenance/traced.ts';
import type { ContainerPort } from '../kubernetes.ts';

/** A port of `service.ports`, and what it leads to in the container. */
export interface Port {
  readonly name: string;
  readonly port: Traced;
  readonly target: Traced;
  readonly protocol: Traced | undefined;
}

/** The ports of a workload, by name. */
export function servicePorts(score: Traced): readonly Port[] {
  return sortedEntries(descend(score, ['service', 'ports'])).flatMap(([name, node]) => {
    const port = child(node, 'port');
    return port === undefined
      ? []
      : [{ name, port, target: child(node, 'targetPort') ?? port, protocol: child(node, 'protocol') }];
  });
}

/**
 * The ports of the container behind a Service. Two ports of the Service may lead to one of the container: it is
 * listed once, by the first name that a container's port can have.
 */
export function containerPorts(ports: readonly Port[]): readonly ContainerPort[] {
  const listed = new Map<string, ContainerPort>();
  for (const port of ports) {
    const before = listed.get(endpoint(port));
    const name = before?.name ?? (isPortName(port.name) ? port.name : undefined);
    listed.set(endpoint(port), before === undefined ? listing(port, name) : { ...before, name });
  }
  return [...listed.values()];
}

function listing(port: Port, name: string | undefined): ContainerPort {
  return { name, containerPort: port.target, protocol: port.protocol ?? 'TCP' };
}

/** Where a port of the Service leads to: the name of the container's port, or its number when it has no name. */
export function targetPorts(ports: readonly Port[]): ReadonlyMap<Port, Traced | string> {
  const names = new Map<string, string>();
  for (const port of ports)
    if (isPortName(port.name) && !names.has(endpoint(port))) names.set(endpoint(port), port.name);
  return new Map(ports.map((port) => [port, names.get(endpoint(port)) ?? port.target]));
}

/** One number may be two ports of a container, over TCP and over UDP. */
function endpoint({ target, protocol }: Port): string {
  return `${String(target.content)} ${stringIn(protocol) ?? 'TCP'}`;
}

/**
 * What a container's port may be called (Kubernetes API reference, ContainerPort, `name`; RFC 6335, section 5.1).
 * Names of a Service's ports, and Score's, are longer.
 */
export function isPortName(name: string): boolean {
  return name.length <= 15 && /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}
