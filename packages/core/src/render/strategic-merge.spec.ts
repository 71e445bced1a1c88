import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Json, property } from '../json/json.ts';
import type { Origin } from '../provenance/origin.ts';
import { toJson, traceJson } from '../provenance/traced.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { readSource } from '../source/source.ts';
import { patchProblem, strategicMerge } from './strategic-merge.ts';

const snapshot = literalSnapshot({ 'a.yaml': 'a: b\n' });
const entry = snapshot.entry('a.yaml');
const source = entry && readSource(snapshot, entry).source;
if (source === undefined) throw new Error('the test wrote no document');
const origin: Origin = { kind: 'source', source, pointer: [] };
const trace = (value: Json) => traceJson(value, () => origin);
const merge = (base: Json, patch: Json): Json => toJson(strategicMerge(trace(base), trace(patch)));
const pod = (spec: Json): Json => ({ spec });

describe('strategicMerge', () => {
  // The first five are the examples of Kubernetes' "Update API Objects in Place Using kubectl patch".
  it.each<readonly [string, Json, Json, Json]>([
    [
      'adds a container beside those that are there',
      pod({ containers: [{ name: 'demo-ctr', image: 'nginx' }], tolerations: [{ key: 'a' }] }),
      pod({ containers: [{ name: 'demo-ctr-2', image: 'redis' }] }),
      pod({
        containers: [
          { name: 'demo-ctr', image: 'nginx' },
          { name: 'demo-ctr-2', image: 'redis' },
        ],
        tolerations: [{ key: 'a' }],
      }),
    ],
    [
      'replaces a list that has no merge key',
      pod({ tolerations: [{ effect: 'NoSchedule', key: 'dedicated', value: 'test-team' }] }),
      pod({ tolerations: [{ effect: 'NoSchedule', key: 'disktype', value: 'ssd' }] }),
      pod({ tolerations: [{ effect: 'NoSchedule', key: 'disktype', value: 'ssd' }] }),
    ],
    [
      'merges into the container of the same name',
      pod({ containers: [{ name: 'a', image: 'nginx', env: [{ name: 'X', value: '1' }] }] }),
      pod({ containers: [{ name: 'a', image: 'nginx:2', env: [{ name: 'Y', value: '2' }] }] }),
      pod({
        containers: [
          {
            name: 'a',
            image: 'nginx:2',
            env: [
              { name: 'X', value: '1' },
              { name: 'Y', value: '2' },
            ],
          },
        ],
      }),
    ],
    [
      'removes what is null',
      pod({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } }),
      pod({ strategy: { type: 'Recreate', rollingUpdate: null } }),
      pod({ strategy: { type: 'Recreate' } }),
    ],
    [
      'replaces a map by $patch: replace',
      pod({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } }),
      pod({ strategy: { $patch: 'replace', type: 'Recreate' } }),
      pod({ strategy: { type: 'Recreate' } }),
    ],
    ['removes a map by $patch: delete', pod({ a: { b: 1 }, c: 2 }), pod({ a: { $patch: 'delete' } }), pod({ c: 2 })],
    [
      'removes an item of a list by $patch: delete, and nothing where it is not there',
      pod({ containers: [{ name: 'a' }, { name: 'b', image: 'x' }] }),
      pod({
        containers: [
          { name: 'b', $patch: 'delete' },
          { name: 'c', $patch: 'delete' },
        ],
      }),
      pod({ containers: [{ name: 'a' }] }),
    ],
    [
      'replaces a list by an item $patch: replace',
      pod({ containers: [{ name: 'a' }, { name: 'b' }] }),
      pod({ containers: [{ name: 'c', image: 'x' }, { $patch: 'replace' }] }),
      pod({ containers: [{ name: 'c', image: 'x' }] }),
    ],
    [
      'merges ports by containerPort, mounts by mountPath, volumes by name',
      pod({
        ports: [{ containerPort: 80, name: 'http' }],
        volumeMounts: [{ mountPath: '/a', name: 'v' }],
        volumes: [{ name: 'v', emptyDir: {} }],
      }),
      pod({
        ports: [{ containerPort: 80, protocol: 'TCP' }],
        volumeMounts: [{ mountPath: '/b', name: 'v' }],
        volumes: [{ name: 'v', emptyDir: { medium: 'Memory' } }],
      }),
      pod({
        ports: [{ containerPort: 80, name: 'http', protocol: 'TCP' }],
        volumeMounts: [
          { mountPath: '/a', name: 'v' },
          { mountPath: '/b', name: 'v' },
        ],
        volumes: [{ name: 'v', emptyDir: { medium: 'Memory' } }],
      }),
    ],
    [
      'merges ports of a Service by port',
      pod({ ports: [{ port: 80 }] }),
      pod({ ports: [{ port: 80, name: 'a' }] }),
      pod({ ports: [{ port: 80, name: 'a' }] }),
    ],
    [
      'says nothing of directives in what is new',
      {},
      { a: { $patch: 'replace', b: { $patch: 'delete' }, c: null, d: [{ $patch: 'delete', name: 'x' }] } },
      { a: { d: [] } },
    ],
    ['replaces a value of another type', { a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('%s', (_what, base, patch, result) => {
    expect(merge(base, patch)).toEqual(result);
  });

  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const named = fc.uniqueArray(fc.record({ name: fc.string(), value: scalar }), { selector: ({ name }) => name });
  const objects: fc.Arbitrary<Json> = fc.letrec<{ readonly node: Json }>((tie) => ({
    node: fc.dictionary(
      fc
        .oneof(fc.constantFrom('spec', 'a', 'b', '__proto__'), fc.string())
        .filter((key) => !key.startsWith('$') && key !== 'env' && key !== 'ports'),
      fc.oneof({ depthSize: 'small' }, scalar, named, fc.array(scalar), tie('node')),
      { maxKeys: 4 },
    ),
  })).node;
  const withLists = fc.tuple(objects, named).map(([object, env]) => ({ ...(object as object), env }) as Json);

  it('leaves an object as it is when the patch says nothing, or just what is there', () => {
    fc.assert(
      fc.property(withLists, (object) => {
        expect(merge(object, {})).toEqual(object);
        expect(merge(object, object)).toEqual(object);
      }),
    );
  });

  it('does the same when it is done twice', () => {
    fc.assert(
      fc.property(withLists, withLists, (object, patch) => {
        const once = merge(object, patch);
        expect(merge(once, patch)).toEqual(once);
      }),
    );
  });

  it('tells whose value a merged one is', () => {
    const patch: Origin = { kind: 'renderer', rule: 'patch', cause: origin };
    const merged = strategicMerge(
      trace({ a: 1, b: 2 }),
      traceJson({ b: 3 }, () => patch),
    );
    const origins =
      merged.content instanceof Map ? [...merged.content].map(([key, { origin: of }]) => [key, of.kind]) : [];
    expect(origins).toEqual([
      ['a', 'source'],
      ['b', 'renderer'],
    ]);
  });
});

describe('patchProblem', () => {
  it.each<readonly [Json, string, Json]>([
    [{ spec: { $retainKeys: ['a'] } }, '"$retainKeys" is not supported in a patch', ['a']],
    [{ '$setElementOrder/containers': [] }, '"$setElementOrder/containers" is not supported in a patch', []],
    [
      { a: [{ b: { '$deleteFromPrimitiveList/x': [1] } }] },
      '"$deleteFromPrimitiveList/x" is not supported in a patch',
      [1],
    ],
    [{ a: { $patch: 'remove' } }, '`$patch` is one of merge, replace, delete', 'remove'],
    [{ $patch: 'delete' }, 'a patch cannot delete the object itself', { $patch: 'delete' }],
    [
      { containers: [{ image: 'x' }] },
      'an item of `containers` needs "name", which tells it from others',
      { image: 'x' },
    ],
    [
      { ports: [{ name: 'x' }] },
      'an item of `ports` needs "containerPort" or "port", which tells it from others',
      { name: 'x' },
    ],
    [
      { containers: [{ name: 'a', $patch: 'replace' }] },
      '`$patch: replace` stands in an item of its own, which says nothing else',
      { name: 'a', $patch: 'replace' },
    ],
  ])('refuses %j', (patch, message, at) => {
    const problem = patchProblem(trace(patch));
    expect(problem?.message).toBe(message);
    expect(problem && toJson(problem.at)).toEqual(at);
  });

  it.each<Json>([
    {},
    { a: null, b: { $patch: 'delete' }, c: { $patch: 'merge', d: 1 } },
    { containers: [{ name: 'a', $patch: 'delete' }, { $patch: 'replace' }], tolerations: [{ key: 'a' }] },
  ])('takes %j', (patch) => {
    expect(patchProblem(trace(patch))).toBeUndefined();
    expect(property(patch, '$patch')).toBeUndefined();
  });
});
