import { isObject, stringAt } from '../json.ts';
import type { Param, Policy } from './policy.ts';
import type { ReadDocument } from './read-document.ts';

/** What is no policy and no binding: params of policies, and the rest. */
export interface ReadParams {
  readonly params: readonly Param[];
  readonly customScopes: ReadonlyMap<string, boolean>;
  readonly rest: readonly ReadDocument[];
}

/**
 * The documents that policies take as `params`: those of a kind that some policy names as its `paramKind`. The definition
 * of a custom kind may stand beside them. Two of one name and namespace are reported.
 */
export function readParams(read: readonly ReadDocument[], policies: readonly Policy[]): ReadParams {
  const wanted = new Set(policies.flatMap(({ paramKind }) => (paramKind ? [keyOf(paramKind)] : [])));
  // A policy that is broken otherwise does not make its params a mistake.
  for (const { kind, document } of read) {
    if (kind !== 'policy') continue;
    const apiVersion = stringAt(document, 'spec', 'paramKind', 'apiVersion');
    const paramKind = stringAt(document, 'spec', 'paramKind', 'kind');
    if (apiVersion !== undefined && paramKind !== undefined) wanted.add(keyOf({ apiVersion, kind: paramKind }));
  }
  const params: Param[] = [];
  const rest: ReadDocument[] = [];
  const seen = new Map<string, ReadDocument>();
  for (const entry of read.filter(({ kind }) => kind === 'other' || kind === 'definition')) {
    const { path, document, log } = entry;
    const apiVersion = stringAt(document, 'apiVersion') ?? '';
    const kind = stringAt(document, 'kind') ?? '';
    const key = keyOf({ apiVersion, kind });
    if (!isObject(document) || !wanted.has(key)) {
      rest.push(entry);
      continue;
    }
    const name = stringAt(document, 'metadata', 'name');
    if (name === undefined) log.add(['metadata'], 'policy/invalid', 'metadata.name is missing');
    const identity = JSON.stringify([key, stringAt(document, 'metadata', 'namespace'), name]);
    const first = seen.get(identity);
    if (first !== undefined) {
      const message = `there is another ${kind} called ${JSON.stringify(name)}, in ${first.path}`;
      const pointer = ['metadata', 'name'];
      const related = { path: first.path, document: first.log.document, pointer };
      log.add(pointer, 'policy/duplicate-name', message, { related });
    }
    seen.set(identity, first ?? entry);
    if (!log.hasErrors) params.push({ path, object: document });
  }
  return { params, customScopes: scopesOf(read), rest };
}

/** From the definitions of custom resources among the documents. */
function scopesOf(read: readonly ReadDocument[]): ReadonlyMap<string, boolean> {
  const definitions = read.filter(({ kind }) => kind === 'definition');
  return new Map(
    definitions.map(({ document }) => [
      `${stringAt(document, 'spec', 'group')}/${stringAt(document, 'spec', 'names', 'kind')}`,
      stringAt(document, 'spec', 'scope') === 'Namespaced',
    ]),
  );
}

function keyOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `${apiVersion}/${kind}`;
}
