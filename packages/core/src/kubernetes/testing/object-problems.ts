import type { Json } from '../../json/json.ts';
import { property, stringOf } from '../../json/json.ts';
import { traceJson } from '../../provenance/traced.ts';
import { parseYaml } from '../../source/parse-yaml.ts';
import type { Check } from '../check.ts';
import { CheckRun } from '../check-run.ts';
import { fieldPath } from '../field-path.ts';
import { KubernetesTypes } from '../kubernetes-types.ts';

/** Problems of an object as `<kind> <path>: <what is wrong>`. */
export function problemsOf(object: Json, check: Check = checkOf(object)): readonly string[] {
  const run = new CheckRun();
  check(
    traceJson(object, () => ({ kind: 'template', capability: '', position: nowhere })),
    run,
  );
  return run.problems.map(({ kind, path, says }) => `${kind} ${fieldPath(path)}: ${says}`);
}

const nowhere = { path: 'x.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 };
const builtIn = new KubernetesTypes();

/** By the built-in types. */
function checkOf(object: Json): Check {
  const found = builtIn.find(stringOf(property(object, 'apiVersion')) ?? '', stringOf(property(object, 'kind')) ?? '');
  if (found.kind !== 'known') throw new Error(`no schema: ${JSON.stringify(found)}`);
  return found.check;
}

/** The one document of a YAML text. */
export function yaml(text: string): Json {
  const parsed = parseYaml(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.documents[0] ?? null;
}
