/**
 * Compares the checker with the JSON Schemas that its table is made of, over what a platform renders, mutated. Not part of
 * the tests: the schemas are 1.8 MB, and compile for a while. README.md beside this file says how to run it.
 *
 *   node --import @swc-node/register/esm-register compare.mjs <strict _definitions.json> <output of idp render --format=json>
 */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { CheckRun } from '../../../packages/core/src/kubernetes/check-run.ts';
import { KubernetesTypes } from '../../../packages/core/src/kubernetes/kubernetes-types.ts';
import { traceJson } from '../../../packages/core/src/provenance/traced.ts';

const [definitionsFile, renderedFile, runs = '20000'] = process.argv.slice(2);
const { $defs } = JSON.parse(readFileSync(definitionsFile, 'utf8'));
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const types = new KubernetesTypes();
const validators = new Map();

function validatorOf(kind) {
  if (!validators.has(kind)) {
    const name = Object.keys($defs).find((each) =>
      ($defs[each]['x-kubernetes-group-version-kind'] ?? []).some(
        ({ group, version, kind: named }) => `${group === '' ? '' : `${group}/`}${version}/${named}` === kind,
      ),
    );
    validators.set(kind, name === undefined ? undefined : ajv.compile({ $ref: `#/$defs/${name}`, $defs }));
  }
  return validators.get(kind);
}

const documents = JSON.parse(readFileSync(renderedFile, 'utf8')).trees.flatMap(({ files }) =>
  Object.values(files).flatMap((text) => loadAll(text)),
);
const known = documents.filter(({ apiVersion, kind }) => validatorOf(`${apiVersion}/${kind}`) !== undefined);

/** The places of a value, each a path. */
function placesIn(value, path = []) {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

const values = fc.constantFrom('x', '80', '', 1, 1.5, -1, true, {}, { a: 1 }, [], ['x'], [{}], [1]);
const mutation = fc.record({
  document: fc.nat({ max: known.length - 1 }),
  place: fc.nat(),
  what: fc.constantFrom('replace', 'remove', 'rename', 'add', 'nothing'),
  value: values,
});

function mutated({ document, place, what, value }) {
  const copy = structuredClone(known[document]);
  const places = placesIn(copy).filter((path) => path.length > 1 || path[0] === 'spec');
  const path = places[place % places.length];
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce((inner, key) => inner[key], copy);
  if (what === 'replace') parent[last] = value;
  if (what === 'remove') Array.isArray(parent) ? parent.splice(Number(last), 1) : delete parent[last];
  if (what === 'rename' && !Array.isArray(parent)) {
    parent[`${last}x`] = parent[last];
    delete parent[last];
  }
  if (what === 'add' && typeof parent[last] === 'object' && !Array.isArray(parent[last])) parent[last].other = value;
  return copy;
}

/** Ours says more of values (enumerations, quantities, bounds, items that are there twice): of form both have to agree. */
const form = ['unknown-field', 'wrong-type', 'missing-field'];
let refused = 0;
fc.assert(
  fc.property(mutation, (each) => {
    const object = mutated(each);
    const kind = `${object.apiVersion}/${object.kind}`;
    const validate = validatorOf(kind);
    const valid = validate(object);
    const run = new CheckRun();
    const found = types.find(object.apiVersion, object.kind);
    if (found.kind !== 'known') throw new Error(`${kind} is not known`);
    found.check(
      traceJson(object, () => ({ kind: 'template', capability: '', position: { path: '' } })),
      run,
    );
    const problems = run.problems.filter((problem) => form.includes(problem.kind));
    if (!valid) refused += 1;
    if (valid !== (problems.length === 0))
      throw new Error(
        JSON.stringify(
          {
            each,
            kind,
            valid,
            errors: validate.errors?.slice(0, 3),
            problems: problems.map(({ path, says }) => [path, says]),
          },
          null,
          1,
        ),
      );
  }),
  { numRuns: Number(runs) },
);
process.stdout.write(`${runs} objects of ${validators.size} kinds, ${refused} of them refused: no difference\n`);
