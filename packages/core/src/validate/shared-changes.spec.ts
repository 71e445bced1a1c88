import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleCapability, exampleComponent, exampleShared } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { planLock } from '../scaffold/plan-lock.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { exampleMint, examplePlatform } from '../testing/example-platform.ts';
import { changedFiles, filesOf, resumedValidation, snapshotOfFiles } from '../testing/resumed-validation.ts';
import { validateWhole } from './validate-whole.ts';

/** A service that names some resources, in all environments or in dev alone. */
const service = (name: string, resources: readonly string[], inDev: readonly string[] = []): ExampleFiles => ({
  ...exampleComponent(name),
  [`services/${name}/score.yaml`]: `apiVersion: score.dev/v1b1
metadata: { name: ${name} }
containers: { main: { image: "registry.example.com/${name}:1.0.0", variables: { A: "\${resources.c.host}" } } }
service: { ports: { http: { port: 80 } } }
resources:
  c: { type: cache }
${resources.map((resource) => `  ${resource}\n`).join('')}`,
  [`services/${name}/environments/dev.yaml`]:
    inDev.length === 0 ? null : `resources:\n${inDev.map((resource) => `  ${resource}\n`).join('')}`,
});

/** `topic` needs the one `cache` of all services, `queue` the one that is called so. */
const requires = (name: string, id: string) =>
  exampleCapability({
    name,
    spec: `requires: [{ capability: cache, version: ^1.0.0, as: cache, instance: environment, ${id}outputs: { host: { type: string } } }]
objects: { kinds: [] }`,
  });
const capabilities = { ...exampleShared(), ...requires('topic', ''), ...requires('queue', 'id: x, ') };
const names = ['a', 'b', 'd', 'e', 'f', 'g'];
const others: ExampleFiles = {
  'services/loyalty/score.yaml': null,
  'services/loyalty/catalog-info.yaml': null,
  'services/loyalty/.idp/lock.yaml': null,
};
const base = filesOf(
  examplePlatform({
    ...capabilities,
    ...others,
    'services/checkout/score.yaml': null,
    'services/checkout/catalog-info.yaml': null,
    'services/checkout/.idp/lock.yaml': null,
    ...service('a', ['s: { type: cache, id: x, params: {} }']),
    ...service('b', ['s: { type: cache, id: x }']),
    ...service('d', ['s: { type: cache, id: y, params: { zone: "${resources.c.host}" } }']),
    ...service('e', ['s: { type: cache, id: y }', 't: { type: queue }']),
    ...service('f', []),
    ...service('g', []),
  }),
);

const resource = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        id: fc.constantFrom('x', 'y', 'z'),
        more: fc.constantFrom(
          '',
          ', params: {}',
          ', params: { zone: b }',
          ', params: { zone: "${resources.t.host}" }',
          ', params: { zone: 1 }',
          ', params: { zone: "${resources.c.key}" }',
          ', class: roomy',
          ', metadata: { annotations: { idp.internal/version: ^2.0.0 } }',
        ),
      })
      .map(({ id, more }) => `{ type: cache, id: ${id}${more} }`),
  },
  fc.constantFrom(
    '{ type: topic }',
    '{ type: queue }',
    '{ type: cache }',
    '{ type: nothing, id: x }',
    '{ type: service, id: a }',
    '{ type: service, id: d }',
  ),
);
const resources = fc
  .uniqueArray(fc.tuple(fc.constantFrom('s', 't', 'u'), resource), { maxLength: 2, selector: ([name]) => name })
  .map((all) => all.map(([name, text]) => `${name}: ${text}`));
/** An edit of one service, and whether somebody brings locks up to date after it. */
const edit = fc.record({
  service: fc.constantFrom(...names),
  resources,
  inDev: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, resources),
  comment: fc.boolean(),
  locks: fc.boolean(),
});
const locked = (snapshot: Snapshot, seed: number) =>
  overlaySnapshot(snapshot, planLock(snapshot, { services: [], images: [] }, exampleMint(seed)).value?.changes ?? []);

describe('a run that remembers another one, where services share instances', () => {
  it('says what a run says that remembers nothing, after each of some edits', () => {
    const ways = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(edit, { minLength: 2, maxLength: 4 }), fc.nat(), (edits, seed) => {
        let files = base;
        let { memory } = validateWhole(snapshotOfFiles(files));
        edits.forEach((each, index) => {
          const changed = service(each.service, each.resources, each.inDev);
          const path = `services/${each.service}/score.yaml`;
          files = changedFiles(files, [
            each.comment ? { ...changed, [path]: `# moved\n${String(changed[path])}` } : changed,
          ]);
          let snapshot = snapshotOfFiles(files);
          if (each.locks) snapshot = locked(snapshot, seed + index);
          files = filesOf(snapshot);
          const expected = validateWhole(snapshot);
          if (memory === undefined) memory = expected.memory;
          else {
            const { how, validation, memory: next } = resumedValidation(memory, snapshot);
            ways.set(how, (ways.get(how) ?? 0) + 1);
            expect({ how, ...validation }).toEqual({ how, ...expected.validation });
            memory = next;
          }
        });
      }),
      { numRuns: 30 },
    );
    for (const way of ['services', 'everything']) expect(ways.get(way) ?? 0).toBeGreaterThan(2);
  });

  /** What is done after an edit, by a run that remembers the platform as it was; never says it anything else than one that does not. */
  const after = (edits: readonly ExampleFiles[], before = base) => {
    const { memory } = validateWhole(snapshotOfFiles(before));
    if (memory === undefined) throw new Error('nothing is remembered');
    const snapshot = snapshotOfFiles(changedFiles(before, edits));
    const { how, again, validation } = resumedValidation(memory, snapshot);
    expect(validation).toEqual(validateWhole(snapshot).validation);
    return again ?? how;
  };
  const x = (more = '') => `s: { type: cache, id: x${more} }`;
  const y = (more = '') => `s: { type: cache, id: y${more} }`;

  it('judges who only reads an instance alone, also when it reads another one then, or none', () => {
    for (const resources of [[x(), '# a comment'], [y()], []]) expect(after([service('b', resources)])).toEqual(['b']);
    expect(after([service('f', [x()])])).toEqual(['f']);
    expect(after([service('f', [], [x()])])).toEqual(['f']);
  });

  it('judges all readers of an instance again when its owner changes, and no other', () => {
    expect(after([service('a', ['# a comment', x(', params: {}')])])).toEqual(['a', 'b', 'e']);
    expect(after([service('d', [y(', params: { zone: c }')])])).toEqual(['d', 'e']);
  });

  it('judges all readers again when the instance gets another owner, or none', () => {
    expect(after([service('b', [x(', params: {}')])])).toEqual(['a', 'b', 'e']);
    expect(after([service('f', [], [x(', params: {}')])])).toEqual(['a', 'b', 'e', 'f']);
    expect(after([service('a', [x()])])).toEqual(['a', 'b', 'e']);
    expect(after([service('a', [])])).toEqual(['a', 'b', 'e']);
    expect(after([service('a', []), service('b', [x(', params: {}')])])).toEqual(['a', 'b', 'e']);
  });

  it('judges those who name an instance that nobody owns by each other, and by what else there is to own', () => {
    const nobody = changedFiles(base, [service('a', [])]);
    expect(after([service('f', [x()])], nobody)).toEqual(['b', 'e', 'f']);
    expect(after([service('f', ['s: { type: cache, id: z, params: {} }'])], nobody)).toEqual(['b', 'e', 'f']);
    expect(after([service('f', [y()])], nobody)).toEqual(['f']);
  });

  it('judges who needs the one instance for all again when there are others', () => {
    const one = changedFiles(base, [service('d', []), service('e', []), service('g', ['t: { type: topic }'])]);
    expect(after([service('f', [x()])], one)).toEqual(['f']);
    expect(after([service('f', [y()])], one)).toEqual(['f', 'g']);
    expect(after([service('a', [])], one)).toEqual(['a', 'b', 'g']);
    expect(after([service('a', []), service('b', [])], one)).toEqual(['a', 'b', 'g']);
  });

  it('judges who reads what is made of an instance that changes', () => {
    const host = '"${resources.t.host}"';
    const through = filesOf(
      locked(
        snapshotOfFiles(
          changedFiles(base, [
            service('d', [y(`, params: { zone: ${host} }`), 't: { type: cache, id: x }']),
            service('e', [y()]),
            service('f', [y()]),
          ]),
        ),
        3,
      ),
    );
    expect(after([service('a', [x(', params: { zone: b }')])], through)).toEqual(['a', 'b', 'd', 'e', 'f']);
    expect(after([service('b', [])], through)).toEqual(['b']);
  });

  it('judges everything where instances need each other: what is said depends on who is looked at first', () => {
    const round = (id: string) =>
      `, params: { zone: "\${resources.t.host}" }`.concat(` }`, `\n  t: { type: cache, id: ${id}`);
    const cycle = changedFiles(base, [service('b', [x(round('y'))]), service('a', []), service('d', [y(round('x'))])]);
    const files = filesOf(locked(snapshotOfFiles(cycle), 4));
    expect(validateWhole(snapshotOfFiles(files)).validation.findings.map(({ code }) => code)).toContain(
      'render/shared-instance',
    );
    expect(after([service('e', ['# moved', y()])], files)).toBe('everything');
  });

  it('says which service cannot be read, which may be the owner', () => {
    const unreadable = changedFiles(base, [service('a', []), { 'services/g/score.yaml': 'a: [' }]);
    expect(after([service('b', ['# moved', x()])], unreadable)).toEqual(['b', 'e']);
  });
});
