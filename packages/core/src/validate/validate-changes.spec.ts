import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../digest/text.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { validatePlatform } from '../platform/validate-platform.ts';
import { ruleBook } from '../rules/rule-book.ts';
import { Listing } from '../snapshot/listing.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { changedFiles, filesOf, resumedValidation, snapshotOfFiles } from '../testing/resumed-validation.ts';
import { exampleWaiver } from '../waiver/example-waiver.ts';
import { readMemory, writeMemory } from './memory.ts';
import { resumeValidation } from './validate-changes.ts';
import { validateWhole } from './validate-whole.ts';
import type { Validation } from './validation.ts';

const component = (name: string, spec = '') => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: team-payments, system: payment-processing${spec} }
`;
const score = (name: string, rest: string) => `apiVersion: score.dev/v1b1
metadata: { name: ${name} }
containers:
  main: { image: registry.example.com/x:1.0.0, variables: { LEVEL: info } }
service: { ports: { http: { port: 8080 } } }
${rest}`;

/** Services of every sort: one that calls another, two that share an instance, one by itself. */
const services: Readonly<Record<string, string>> = {
  'services/orders/catalog-info.yaml': component('orders'),
  'services/orders/score.yaml': score('orders', 'resources: { db: { type: database }, checkout: { type: service } }\n'),
  'services/a/catalog-info.yaml': component('a'),
  'services/a/score.yaml': score('a', 'resources: { db: { type: database, id: common, params: {} } }\n'),
  'services/b/catalog-info.yaml': component('b'),
  'services/b/score.yaml': score('b', 'resources: { db: { type: database, id: common } }\n'),
  'services/alone/catalog-info.yaml': component('alone'),
  'services/alone/score.yaml': score('alone', ''),
};
const base = filesOf(examplePlatform(services));
const textOf = (path: string): string => {
  const file = base.get(path);
  return typeof file === 'object' && 'content' in file ? (decodeText(file.content as Uint8Array) ?? '') : '';
};
const checkoutLock = textOf('services/checkout/.idp/lock.yaml');

/** Changes that people make: of one service mostly, sometimes of what concerns all. */
const edits: readonly ExampleFiles[] = [
  { 'services/alone/score.yaml': score('alone', '# a comment\n') },
  { 'services/alone/score.yaml': score('alone', 'resources: { orders: { type: service } }\n') },
  { 'services/alone/score.yaml': score('alone', 'resources: { ordres: { type: service } }\n') },
  { 'services/alone/score.yaml': score('alone', 'resources: { db: { type: database, id: common } }\n') },
  { 'services/alone/score.yaml': score('alone', 'resources: { db: { type: databse } }\n') },
  { 'services/alone/score.yaml': 'a: [' },
  { 'services/alone/score.yaml': null },
  { 'services/alone/notes.txt': 'x' },
  { 'services/alone/catalog-info.yaml': component('alone', ', dependsOn: [component:orders]') },
  { 'services/alone/catalog-info.yaml': null },
  { 'services/alone/.idp/lock.yaml': checkoutLock },
  { 'services/orders/.idp/lock.yaml': checkoutLock.replaceAll('checkout', 'orders') },
  { 'services/orders/.idp/lock.yaml': null },
  { 'services/orders/environments/dev.yaml': 'service: { ports: { http: { port: 9090 } } }\n' },
  { 'services/orders/environments/dev.yaml': 'metadata: { workload: { params: { replicas: 0 } } }\n' },
  { 'services/orders/environments/prod.yaml': 'service: null\n' },
  { 'services/checkout/score.yaml': exampleFiles['services/checkout/score.yaml'].replace('db.host', 'db.hots') },
  { 'services/checkout/score.yaml': exampleFiles['services/checkout/score.yaml'].replace('port: 8080', 'port: 8081') },
  { 'services/checkout/score.yaml': `\n\n${exampleFiles['services/checkout/score.yaml']}` },
  { 'services/checkout/.idp/lock.yaml': `\n${checkoutLock}` },
  { 'services/checkout/.idp/lock.yaml': checkoutLock.replace(/integrity: .*/, 'integrity: sha256:x') },
  { 'services/a/score.yaml': score('a', 'resources: { db: { type: database } }\n') },
  { 'services/b/environments/dev.yaml': 'resources: { db: { params: { size: large } } }\n' },
  { 'services/new/score.yaml': score('new', ''), 'services/new/catalog-info.yaml': component('new') },
  { 'services/orders': { mode: '120000', content: 'checkout' } },
  { 'services/orders/environments': { mode: '120000', content: '../checkout' } },
  { 'environments/qa.yaml': exampleFiles['environments/dev.yaml'].replaceAll('dev', 'qa') },
  {
    'catalog/all.yaml':
      'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: all }\nspec: { targets: [../services/*/*.yaml, ../docs/x.yaml] }\n',
  },
  {
    'catalog/db.yaml': component('db', ', dependsOn: [resource:default/x]').replace(
      'name: db',
      'name: db, annotations: { a: { $text: ../services/alone/notes.txt } }',
    ),
  },
  { 'docs/x.yaml': component('elsewhere') },
  { 'docs/catalog-info.yaml': component('out-of-place') },
  { 'services/alone/deeper/catalog-info.yaml': component('out-of-place') },
  { 'services/alone/catalog-info.yml': component('twice', ', dependsOn: [component:nobody]') },
  ...ruleBook.flatMap(({ examples }) => (examples === undefined ? [] : [examples.fails])),
];

const some = fc.array(fc.constantFrom(...edits), { maxLength: 2 });
const few = fc.array(fc.constantFrom(...edits.slice(0, 24)), { minLength: 1, maxLength: 2 });

describe('a run that remembers another one', () => {
  it('says what a run says that remembers nothing, whatever has changed', () => {
    const ways = new Map<string, number>();
    fc.assert(
      fc.property(some, few, some, (first, second, third) => {
        let files = changedFiles(base, first);
        let memory = validateWhole(snapshotOfFiles(files)).memory;
        for (const changes of [second, third]) {
          files = changedFiles(files, changes);
          const snapshot = snapshotOfFiles(files);
          const expected: Validation = validateWhole(snapshot).validation;
          if (memory !== undefined) {
            const { how, validation, memory: next } = resumedValidation(memory, snapshot);
            ways.set(how, (ways.get(how) ?? 0) + 1);
            expect({ how, ...validation }).toEqual({ how, ...expected });
            memory = next;
          } else memory = validateWhole(snapshot).memory;
        }
      }),
      { numRuns: 100 },
    );
    for (const way of ['unchanged', 'services', 'everything']) expect(ways.get(way) ?? 0).toBeGreaterThan(5);
  });

  it('knows that a workflow is gone which a waiver names', () => {
    const waived = changedFiles(base, [
      exampleWaiver({ subject: 'entity: "workflow:release"' }),
      { '.github/workflows/release.yaml': 'on: push\n' },
    ]);
    const { memory, validation } = validateWhole(snapshotOfFiles(waived));
    expect(validation.findings).toEqual([]);
    if (memory === undefined) throw new Error('nothing was remembered');
    const after = snapshotOfFiles(changedFiles(waived, [{ '.github/workflows/release.yaml': null }]));
    expect(resumedValidation(memory, after).validation.findings.map(({ code }) => code)).toEqual([
      'waiver/unknown-subject',
    ]);
    // What stands in it is nobody's business here.
    const edited = snapshotOfFiles(changedFiles(waived, [{ '.github/workflows/release.yaml': 'on: pull_request\n' }]));
    expect(resumedValidation(memory, edited).how).toBe('unchanged');
  });

  it('says what `validatePlatform` says', () => {
    for (const change of edits) {
      const snapshot = snapshotOfFiles(changedFiles(base, [change]));
      const { findings } = validatePlatform(loadPlatform(snapshot));
      expect(validateWhole(snapshot).validation.findings).toEqual(findings);
    }
  });

  const whole = validateWhole(snapshotOfFiles(base));
  const after = (change: ExampleFiles) => {
    if (whole.memory === undefined) throw new Error('nothing is remembered');
    return resumedValidation(whole.memory, snapshotOfFiles(changedFiles(base, [change])));
  };

  it('reads no file of a service when nothing has changed', () => {
    expect(after({ 'README.md': 'x' })).toMatchObject({ how: 'unchanged', validation: whole.validation });
  });

  it('reads the service that changed, and no other', () => {
    const { how, read } = after({ 'services/alone/score.yaml': score('alone', '# a comment\n') });
    expect(how).toBe('services');
    const ofServices = new Set(read?.filter((path) => path.startsWith('services/')));
    expect([...ofServices].sort()).toEqual([
      'services/alone/.idp/lock.yaml',
      'services/alone/catalog-info.yaml',
      'services/alone/score.yaml',
    ]);
  });

  it('judges those again that call what changed, and reads what is called for the first time', () => {
    const checkout = exampleFiles['services/checkout/score.yaml'];
    const changed = after({ 'services/checkout/score.yaml': checkout.replace('http:', 'https:') });
    expect(changed.how).toBe('services');
    expect(changed.read).toContain('services/orders/score.yaml');
    expect(changed.read).not.toContain('services/alone/score.yaml');
  });

  it('reads everything when the change concerns everything', () => {
    for (const change of [
      { 'capabilities/web/capability.yaml': null },
      { 'services/new/score.yaml': score('new', '') },
      { 'services/alone/catalog-info.yaml': null },
    ])
      expect(after(change).how).toBe('everything');
  });
});

describe('what is remembered', () => {
  const { memory } = validateWhole(snapshotOfFiles(changedFiles(base, [{ 'services/alone/score.yaml': 'a: [' }])));
  if (memory === undefined) throw new Error('nothing is remembered');
  const text = writeMemory(memory);

  it('is read as it was written', () => {
    const read = readMemory(text);
    expect(read && writeMemory(read)).toBe(text);
    expect(read?.services.get('alone')).toEqual(memory.services.get('alone'));
  });

  it('is not believed in any other shape', () => {
    const replacement = fc.constantFrom<unknown>(null, 0, '', [], {}, [[]], [null], -1, true, { code: 1 }, '__proto__');
    fc.assert(
      fc.property(fc.nat(), replacement, (where, value) => {
        const [head = '', ...rest] = text.split('\n');
        const copy: unknown = JSON.parse(head);
        const places = placesIn(copy);
        places[where % places.length]?.(value);
        const read = readMemory([JSON.stringify(copy), ...rest].join('\n'));
        if (read !== undefined) resumeValidation(read, Listing.of(snapshotOfFiles(base).list()));
      }),
      { numRuns: 500 },
    );
    for (const other of ['', 'null', '[]', '{}', '{"services":[]}']) expect(readMemory(other)).toBeUndefined();
  });
});

/** A way to replace each value inside a value. */
function placesIn(value: unknown): ((replacement: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    (replacement: unknown) => void Object.assign(value, { [key]: replacement }),
    ...placesIn(inner),
  ]);
}
