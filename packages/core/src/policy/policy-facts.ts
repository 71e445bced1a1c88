import { didYouMean } from '../finding/did-you-mean.ts';
import { isObject, type Json, type JsonObject, property, stringOf } from '../json/json.ts';
import type { Source } from '../source/source.ts';
import { policyId } from './policy-id.ts';

/** What the file of a policy says to people, and of its exceptions; what it decides is the engine's to know. */
export interface PolicyFacts {
  /** Of the Kubernetes object: what findings and bindings say. */
  readonly name: string;
  /** What people call it: `pods/resource-limits`. */
  readonly id: string;
  readonly source: Source;
  /** The document's position in its file. */
  readonly document: number;
  readonly title: string | undefined;
  readonly rationale: string | undefined;
  readonly mend: string | undefined;
  readonly owner: string | undefined;
  /** Whether it may be waived at all. */
  readonly waivable: boolean;
  /** The longest that a waiver of it may hold. */
  readonly waiverDays: number;
}

/** Unless a policy says otherwise (issue "Guardrails", Waivers). */
const longestWaiver = 180;
const kinds = ['ValidatingAdmissionPolicy', 'ValidatingPolicy', 'NamespacedValidatingPolicy'];

/** The policies of a platform by name; of two that share a name, which is a finding, the first. */
export function policyFacts(sources: readonly Source[]): ReadonlyMap<string, PolicyFacts> {
  const facts = new Map<string, PolicyFacts>();
  for (const found of sources.flatMap(policiesIn)) if (!facts.has(found.name)) facts.set(found.name, found);
  return facts;
}

/** The policies in a file, in their order: what has a kind that judges, and a name. */
export function policiesIn(source: Source): readonly PolicyFacts[] {
  return source.documents.flatMap((value, document) => factsOf(value, source, document) ?? []);
}

/** Whether a document has a kind that judges. */
export function isPolicyDocument(value: Json): value is JsonObject {
  return isObject(value) && kinds.includes(String(property(value, 'kind')));
}

/** The policy that somebody calls by its name, its id (`pods/resource-limits`), or as a finding does (`policy/resource-limits`). */
export function policyCalled(written: string, policies: ReadonlyMap<string, PolicyFacts>): PolicyFacts | undefined {
  return (
    policies.get(written) ??
    [...policies.values()].find(({ id }) => id === written) ??
    policies.get(/^policy\/(.+)$/.exec(written)?.[1] ?? '')
  );
}

/** The policy that was most likely meant, called the way in which it was written: by its id or by its name alone. */
export function nearestPolicy(written: string, policies: ReadonlyMap<string, PolicyFacts>): string | undefined {
  const all = [...policies.values()];
  const [own, other] = written.includes('/') ? (['id', 'name'] as const) : (['name', 'id'] as const);
  return (
    didYouMean(
      written,
      all.map((each) => each[own]),
    ) ??
    didYouMean(
      written,
      all.map((each) => each[other]),
    )
  );
}

function factsOf(value: Json, source: Source, document: number): PolicyFacts | undefined {
  const metadata = property(value, 'metadata');
  const name = stringOf(property(metadata, 'name'));
  if (name === undefined || !isPolicyDocument(value)) return undefined;
  const annotation = (key: string): string | undefined =>
    stringOf(property(property(metadata, 'annotations'), `idp.internal/${key}`));
  const days = annotation('waiver-days') ?? '';
  return {
    name,
    id: policyId(name, source.path),
    source,
    document,
    title: annotation('title'),
    rationale: annotation('rationale'),
    mend: annotation('mend'),
    owner: annotation('owner'),
    // Whoever writes "no" means it.
    waivable: (annotation('waivable') ?? 'true') === 'true',
    waiverDays: /^[1-9][0-9]{0,3}$/.test(days) ? Number(days) : longestWaiver,
  };
}
