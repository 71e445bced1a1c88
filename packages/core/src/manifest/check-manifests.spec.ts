import { describe, expect, it } from 'vitest';
import { noPolicies } from '../check/no-policies.ts';
import type { PolicyEngine, PolicyViolation } from '../check/policy-engine.ts';
import type { JsonObject } from '../json/json.ts';
import { checkManifests } from './check-manifests.ts';
import type { Manifest } from './manifest.ts';

const places = { locate: ({ path }: Manifest) => ({ path, line: 1, column: 1, endLine: 1, endColumn: 1 }) };
const violation: PolicyViolation = {
  policy: 'guard',
  path: 'p.yaml',
  validation: 0,
  severity: 'error',
  message: 'refused',
  fieldPaths: [],
  kind: 'violated',
};

function manifest(index: number): Manifest {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${index}`, namespace: 'web' } };
  return { path: `r/${index}.yaml`, document: 0, pointer: [], object };
}

describe('manifests of anywhere', () => {
  it('are judged as they come, so that nobody has to hold them all', () => {
    const order: string[] = [];
    const engine: PolicyEngine = {
      ...noPolicies,
      evaluate({ object }) {
        order.push(`judged ${JSON.stringify(object['metadata'])}`);
        return [violation];
      },
    };
    function* read() {
      for (const index of [0, 1]) {
        order.push(`read ${index}`);
        yield manifest(index);
      }
    }
    const { findings } = checkManifests(read(), engine, { manifests: [], params: [] }, places);
    expect(order.map((text) => text.split(' ')[0])).toEqual(['read', 'judged', 'read', 'judged']);
    expect(findings.map(({ path }) => path)).toEqual(['r/0.yaml', 'r/1.yaml']);
    // What a million findings have in common is there once.
    expect(findings[0]?.related).toBe(findings[1]?.related);
  });

  it('see beside them what is given: Namespaces of the same place, and params of both', () => {
    const seen: unknown[] = [];
    const engine: PolicyEngine = {
      ...noPolicies,
      evaluate({ namespaceObject, resources }) {
        seen.push(namespaceObject, resources?.list('v1'));
        return [];
      },
    };
    const namespace: JsonObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } };
    const param: JsonObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web', labels: {} } };
    checkManifests([manifest(0)], engine, { manifests: [namespace], params: [param] }, places);
    expect(seen).toEqual([namespace, [namespace, param]]);
  });
});
