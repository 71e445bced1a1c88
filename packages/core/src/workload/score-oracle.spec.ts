import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type Json, property } from '../json/json.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { scoreSchema } from './score.schema.ts';
import { mutated, mutations, scoreDocuments } from './testing/score-documents.ts';

const published = new Ajv2020({ allErrors: false, strict: false, validateSchema: false }).compile(
  JSON.parse(readFileSync(new URL('./testing/score-v1b1.schema.json', import.meta.url), 'utf8')) as object,
);
const ours = (document: Json): boolean => schemaProblems(scoreSchema, document, 'ours').length === 0;

const values = (map: Json | undefined): readonly Json[] => (isObject(map) ? Object.values(map) : []);
const keys = (map: Json | undefined): readonly string[] => (isObject(map) ? Object.keys(map) : []);
const containers = (document: Json) => values(property(document, 'containers'));
const resources = (document: Json) => values(property(document, 'resources'));
const probes = (document: Json) =>
  containers(document).flatMap((each) => [property(each, 'livenessProbe'), property(each, 'readinessProbe')]);
const isEmpty = (value: Json | undefined) => isObject(value) && Object.keys(value).length === 0;
const mounts = (document: Json) =>
  containers(document).flatMap((each) => [property(each, 'files'), property(each, 'volumes')]);

/** Where we and the published schema differ on purpose, each with the reason. */
const knownDifferences: readonly (readonly [string, (document: Json) => boolean])[] = [
  [
    'a probe that says nothing, and `before` of nobody, mean nothing: refused',
    (document) =>
      probes(document).some(isEmpty) || containers(document).some((each) => isEmpty(property(each, 'before'))),
  ],
  [
    'names of variables: only those that every container runtime takes',
    (document) =>
      containers(document).some((each) =>
        keys(property(each, 'variables')).some((key) => !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key)),
      ),
  ],
  [
    'the name of a workload is judged with its folder (`workload/name`)',
    (document) => !/^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/.test(String(property(property(document, 'metadata'), 'name'))),
  ],
  [
    'keys of annotations are judged where they are rendered',
    (document) =>
      [
        property(property(document, 'metadata'), 'annotations'),
        ...resources(document).map((each) => property(property(each, 'metadata'), 'annotations')),
      ].some((annotations) => keys(annotations).some((key) => key.length < 2 || key.endsWith('X'))),
  ],
  [
    '`metadata.workload` names the workload capability',
    (document) => property(property(document, 'metadata'), 'workload') !== undefined,
  ],
  [
    'any quantity that Kubernetes takes',
    (document) =>
      containers(document).some((each) =>
        ['requests', 'limits'].some((kind) =>
          values(property(property(each, 'resources'), kind)).some(
            (quantity) => typeof quantity === 'string' && !/^[1-9]\d*[A-Za-z]*$/.test(quantity),
          ),
        ),
      ),
  ],
  [
    'an item of a list of files or volumes has a `target`, which the schema leaves to its readers',
    (document) => mounts(document).some((each) => Array.isArray(each)),
  ],
  [
    'exactly one content of a file is a rule of its own (`workload/file-content`)',
    (document) =>
      containers(document).some((each) =>
        values(property(each, 'files')).some(
          (file) =>
            isObject(file) &&
            ['content', 'source', 'binaryContent'].filter((field) => file[field] !== undefined).length !== 1,
        ),
      ),
  ],
  [
    '`class` and `id` are judged by what they name',
    (document) =>
      resources(document).some((each) => property(each, 'class') !== undefined || property(each, 'id') !== undefined),
  ],
];

const types = {
  db: { type: 'database' },
  env: { type: 'environment' },
  tmp: { type: 'volume' },
  data: { type: 'volume' },
};

/** A document without what generated ones mostly have wrong: an order of containers that are not there, no resources. */
function renderable(document: Json): Json {
  if (!isObject(document)) return document;
  const ordered = Object.entries(property(document, 'containers') ?? {}).map(([name, container]) => {
    const { before: _, files: __, ...rest } = container as Record<string, Json>;
    return [name, rest] as const;
  });
  return { resources: types, ...document, containers: Object.fromEntries(ordered) };
}

describe('the schema of Score files', () => {
  it('takes what the published one takes', () => {
    fc.assert(
      fc.property(scoreDocuments, (document) => {
        expect(published(document), JSON.stringify(published.errors)).toBe(true);
        expect(schemaProblems(scoreSchema, document, 'ours')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with it on documents in which something is changed, but for the differences that are listed', () => {
    let refused = 0;
    fc.assert(
      fc.property(scoreDocuments, fc.array(mutations, { minLength: 1, maxLength: 2 }), (document, changes) => {
        const changed = changes.reduce(mutated, document);
        if (knownDifferences.some(([, differs]) => differs(changed))) return;
        const accepted = published(changed) === true;
        if (!accepted) refused += 1;
        expect(
          ours(changed),
          `${accepted ? 'taken' : 'refused'} by the published schema: ${JSON.stringify(changed)}`,
        ).toBe(accepted);
      }),
      { numRuns: 1_500 },
    );
    // Else it would agree on nothing but what is right.
    expect(refused).toBeGreaterThan(200);
  });

  it('renders without an exception whatever it takes, and says why where it renders nothing', () => {
    let rendered = 0;
    fc.assert(
      fc.property(scoreDocuments, fc.array(mutations, { maxLength: 1 }), fc.boolean(), (document, changes, whole) => {
        const written = changes.reduce(mutated, whole ? document : renderable(document));
        const evaluation = evaluatePlatform(
          loadPlatform(
            examplePlatform({
              'services/checkout/score.yaml': `${JSON.stringify(written)}\n`,
              'services/checkout/a.txt': 'text ${metadata.name}\n',
              'services/checkout/b.bin': new Uint8Array([0xff, 0x00]),
            }),
          ),
        );
        const errors = evaluation.findings.filter(({ severity }) => severity === 'error');
        const trees = evaluation.services[0]?.trees.size ?? 0;
        expect(trees > 0).toBe(errors.length === 0);
        rendered += trees;
      }),
      { numRuns: 120 },
    );
    // Few of the documents have all that they name; without any the law would hold of nothing.
    expect(rendered).toBeGreaterThan(0);
  });
});
