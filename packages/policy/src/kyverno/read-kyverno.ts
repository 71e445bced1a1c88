import { stringAt } from '../json.ts';
import { nearest } from '../nearest.ts';
import type { Policy } from '../policy/policy.ts';
import type { ProblemLog } from '../policy/problem.ts';
import { type ReadException, readPolicyException } from './read-policy-exception.ts';
import { readValidatingPolicy } from './read-validating-policy.ts';

const GROUP = 'policies.kyverno.io';
const VERSIONS = ['v1', 'v1beta1', 'v1alpha1'];

export type KyvernoKind = 'ValidatingPolicy' | 'NamespacedValidatingPolicy' | 'PolicyException';

/** The kind of a document that is evaluated as Kyverno does, or `undefined` for any other. */
export function kyvernoKind(document: unknown): KyvernoKind | undefined {
  const [group, version = ''] = (stringAt(document, 'apiVersion') ?? '').split('/');
  if (group !== GROUP || !VERSIONS.includes(version)) return undefined;
  const kind = stringAt(document, 'kind');
  return kind === 'ValidatingPolicy' || kind === 'NamespacedValidatingPolicy' || kind === 'PolicyException'
    ? kind
    : undefined;
}

/** A document of Kyverno among others. */
export interface KyvernoDocument {
  readonly path: string;
  readonly document: unknown;
  readonly scope: string | undefined;
  readonly log: ProblemLog;
}

interface ReadPolicy extends KyvernoDocument {
  readonly kind: KyvernoKind;
  readonly name: string;
  readonly policies: readonly Policy[];
}

/**
 * Reads Kyverno's ValidatingPolicies with their exceptions. One with an error is left out and reported in its log.
 *
 * @param options `now`: an exception that has expired by then counts no more; without it, none has. `sound`: see `ReadOptions`
 */
export function readKyverno(
  documents: readonly KyvernoDocument[],
  { now, sound }: { readonly now: Date | undefined; readonly sound: boolean },
): readonly Policy[] {
  const policies = new Map<string, ReadPolicy>();
  const exceptions: { readonly read: ReadException; readonly log: ProblemLog }[] = [];
  for (const entry of documents) {
    const { path, document, scope, log } = entry;
    const kind = kyvernoKind(document);
    if (kind === 'PolicyException') {
      const read = readPolicyException(document, path, log);
      if (read && isInForce(read, now, log)) exceptions.push({ read, log });
    } else if (kind) {
      const read = readValidatingPolicy(document, { path, document: log.document, sound }, log);
      const name = stringAt(document, 'metadata', 'name') ?? '';
      const namespace =
        kind === 'NamespacedValidatingPolicy' ? (stringAt(document, 'metadata', 'namespace') ?? '') : '';
      const key = `${kind} ${namespace}/${name}`;
      const first = policies.get(key);
      if (first) reportDuplicate(log, kind, name, first);
      else policies.set(key, { ...entry, kind, name, policies: read.map((policy) => scoped(policy, scope)) });
    }
  }
  reportUnknown(exceptions, [...policies.values()]);
  return [...policies.values()].flatMap((entry) =>
    withExceptions(
      entry,
      exceptions.map(({ read }) => read),
    ),
  );
}

function scoped(policy: Policy, scope: string | undefined): Policy {
  return scope === undefined ? policy : { ...policy, scope };
}

function withExceptions({ kind, name, policies }: ReadPolicy, all: readonly ReadException[]): readonly Policy[] {
  const exceptions = all
    .filter((read) => read.policies.some((ref) => ref.name === name && ref.kind === kind))
    .map(({ exception }) => exception);
  if (exceptions.length === 0) return policies;
  return policies.map((policy) =>
    policy.dialect ? { ...policy, dialect: { ...policy.dialect, exceptions } } : policy,
  );
}

function isInForce({ exception }: ReadException, now: Date | undefined, log: ProblemLog): boolean {
  const { expires } = exception;
  if (expires === undefined || now === undefined || Date.parse(expires) > now.getTime()) return true;
  const hint = 'mend what it excepts, or ask for another one';
  log.add(['spec', 'expiresAt'], 'policy/expired-exception', `the exception expired on ${expires}`, { hint });
  return false;
}

function reportDuplicate(log: ProblemLog, kind: KyvernoKind, name: string, first: ReadPolicy): void {
  const pointer = ['metadata', 'name'];
  const related = { path: first.path, document: first.log.document, pointer };
  const message = `there is another ${kind} called ${JSON.stringify(name)}, in ${first.path}`;
  const hint = 'a cluster would keep the one that is applied last; here the first counts';
  log.add(pointer, 'policy/duplicate-name', message, { hint, related });
}

function reportUnknown(
  exceptions: readonly { readonly read: ReadException; readonly log: ProblemLog }[],
  policies: readonly ReadPolicy[],
): void {
  for (const { read, log } of exceptions) {
    for (const { name, kind, place } of read.policies) {
      if (!kind.endsWith('ValidatingPolicy')) continue;
      if (policies.some((policy) => policy.name === name && policy.kind === kind)) continue;
      const best = nearest(
        name,
        policies.map((policy) => policy.name),
      );
      const hint = best === undefined ? undefined : `did you mean "${best}"?`;
      log.add([...place.pointer, 'name'], 'policy/excepts-nothing', `${kind} ${JSON.stringify(name)} does not exist`, {
        hint,
      });
    }
  }
}
