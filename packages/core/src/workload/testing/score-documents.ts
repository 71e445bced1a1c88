import fc from 'fast-check';
import type { Json } from '../../json/json.ts';

const name = fc.constantFrom('main', 'proxy', 'migrate', 'db', 'data', 'env', 'tmp', 'web');
const text = fc.constantFrom(
  '',
  'plain',
  '$$5 $(X)',
  '${metadata.name}',
  'pg://me:${resources.db.password}@${resources.db.host}/x',
  '${resources.env.domain}',
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const record = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Json> =>
  fc.record(fields).map((value) => JSON.parse(JSON.stringify(value)) as Json);
const target = fc.constantFrom('/etc/app/a.yaml', '/data', '/tmp', '/var/lib/b', '/etc/app');

const file = fc.oneof(
  record({ content: text, mode: optional(fc.constantFrom('0644', '600')), noExpand: optional(fc.boolean()) }),
  record({ binaryContent: fc.constantFrom('', 'QUJD') }),
  record({ source: fc.constantFrom('a.txt', './b.bin') }),
);
const volume = record({
  source: fc.constantFrom('data', '${resources.data}', '${resources.tmp}'),
  path: optional(fc.constantFrom('/sub', 'sub/a')),
  readOnly: optional(fc.boolean()),
});
const probe = fc.oneof(
  record({ exec: record({ command: fc.array(text, { maxLength: 2 }) }) }),
  record({
    httpGet: record({
      path: fc.constantFrom('/', '/livez'),
      port: fc.integer({ min: 1, max: 65_535 }),
      scheme: optional(fc.constantFrom('HTTP', 'HTTPS')),
      httpHeaders: optional(fc.array(record({ name: fc.constant('X-A'), value: fc.constant('b') }), { maxLength: 2 })),
    }),
  }),
);
const quantities = record({
  cpu: optional(fc.constantFrom('1', '0.5', '250m')),
  memory: optional(fc.constantFrom('1Gi', '128Mi', '1000K')),
});
const container = record({
  image: fc.constantFrom('.', 'registry.example.com/a:1'),
  command: optional(fc.array(text, { maxLength: 2 })),
  args: optional(fc.array(text, { maxLength: 2 })),
  variables: optional(fc.dictionary(fc.constantFrom('PORT', 'DB_URL', 'a.b'), text)),
  files: optional(fc.dictionary(target, file, { maxKeys: 2 })),
  volumes: optional(fc.dictionary(target, volume, { maxKeys: 2 })),
  before: optional(
    fc.dictionary(name, record({ ready: fc.constantFrom('started', 'healthy', 'complete') }), {
      minKeys: 1,
      maxKeys: 2,
    }),
  ),
  resources: optional(record({ requests: optional(quantities), limits: optional(quantities) })),
  livenessProbe: optional(probe),
  readinessProbe: optional(probe),
});
const port = record({
  port: fc.integer({ min: 1, max: 65_535 }),
  targetPort: optional(fc.integer({ min: 1, max: 65_535 })),
  protocol: optional(fc.constantFrom('TCP', 'UDP')),
});

/** Score documents as people write them: valid by the published schema, with what a reader may trip over. */
export const scoreDocuments: fc.Arbitrary<Json> = record({
  apiVersion: fc.constant('score.dev/v1b1'),
  metadata: record({
    name: fc.constant('checkout'),
    annotations: optional(fc.dictionary(fc.constantFrom('example.com/note', 'ab'), fc.constantFrom('', 'x'))),
    team: optional(text),
  }),
  containers: fc.dictionary(name, container, { minKeys: 1, maxKeys: 3 }),
  service: optional(
    record({
      ports: optional(fc.dictionary(fc.constantFrom('web', 'a-port-with-a-long-name', '8080'), port, { maxKeys: 3 })),
    }),
  ),
  resources: optional(
    record({
      db: record({ type: fc.constant('database') }),
      env: record({ type: fc.constant('environment') }),
      tmp: record({ type: fc.constant('volume') }),
      data: record({
        type: fc.constant('volume'),
        params: optional(
          record({
            size: fc.constant('1Gi'),
            accessModes: optional(fc.constantFrom(['ReadWriteMany'], ['ReadWriteOnce'])),
          }),
        ),
      }),
    }),
  ),
});

/** One place of a value, and what is done there. */
export interface Mutation {
  readonly step: number;
  readonly change: 'delete' | 'rename' | { readonly to: Json };
}

/** What mutation puts in the place of something else. */
export const mutations: fc.Arbitrary<Mutation> = fc.record({
  step: fc.nat({ max: 500 }),
  change: fc.oneof(
    fc.constant('delete' as const),
    fc.constant('rename' as const),
    fc
      .constantFrom<Json>(null, true, 0, 70_000, 'UPPER Case', '', [], ['a'], {}, { a: 'b' }, { target: '/x' })
      .map((to) => ({ to })),
  ),
});

/** The value with one place of it changed; places are counted depth first. */
export function mutated(value: Json, { step, change }: Mutation): Json {
  const copy = structuredCloneOf(value);
  const places: (readonly [Record<string, Json>, string])[] = [];
  const visit = (node: Json): void => {
    if (typeof node !== 'object' || node === null) return;
    const holder = node as Record<string, Json>;
    for (const key of Object.keys(holder)) {
      places.push([holder, key]);
      visit(holder[key] ?? null);
    }
  };
  visit(copy);
  const place = places[step % Math.max(1, places.length)];
  if (place === undefined) return copy;
  const [holder, key] = place;
  const before = holder[key] ?? null;
  if (Array.isArray(holder)) holder[key] = typeof change === 'string' ? 1 : change.to;
  else if (change === 'delete') delete holder[key];
  else if (change === 'rename') {
    delete holder[key];
    holder[`${key}X`] = before;
  } else holder[key] = change.to;
  return copy;
}

function structuredCloneOf(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
