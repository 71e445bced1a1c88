import { canonicalJson } from '../json/canonical-json.ts';
import { child, sortedEntries, type Traced } from '../provenance/traced.ts';
import { effectiveScore, type Workload } from '../workload/workload.ts';
import type { ServiceInterface } from './resolution.ts';

/**
 * What other services may know of this one: its namespace, its ports, and where an override changes these. An
 * override of anything else is not their business: their releases must not move with it.
 */
export function serviceInterface(workload: Workload): ServiceInterface {
  const base = portsOf(effectiveScore(workload, undefined));
  const ports: Record<string, Readonly<Record<string, number>>> = { '': base };
  for (const environment of workload.overrides.keys()) {
    const own = portsOf(effectiveScore(workload, environment));
    if (canonicalJson(own) !== canonicalJson(base)) ports[environment] = own;
  }
  return { service: workload.service, namespace: workload.lock?.document.namespace ?? workload.service, ports };
}

function portsOf(score: Traced): Readonly<Record<string, number>> {
  const entries = sortedEntries(child(child(score, 'service'), 'ports')).flatMap(([name, node]) => {
    const port = child(node, 'port')?.content;
    return typeof port === 'number' ? [[name, port] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** The ports of a service in one environment. */
export function portsIn(other: ServiceInterface, environment: string): Readonly<Record<string, number>> {
  return (Object.hasOwn(other.ports, environment) ? other.ports[environment] : undefined) ?? other.ports[''] ?? {};
}

/** What a consumer may write: `name`, `host`, `port` (the first one by name), `ports.<name>`. */
export function serviceOutputs(other: ServiceInterface, environment: string): ReadonlyMap<string, string | number> {
  const ports = portsIn(other, environment);
  const outputs = new Map<string, string | number>([
    ['name', other.service],
    ['host', `${other.service}.${other.namespace}.svc`],
  ]);
  const [first] = Object.keys(ports).sort();
  if (first !== undefined) outputs.set('port', ports[first] ?? 0);
  for (const [name, port] of Object.entries(ports)) outputs.set(`ports.${name}`, port);
  return outputs;
}
