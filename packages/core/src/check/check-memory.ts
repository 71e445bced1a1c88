import type { Finding } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { isObject, property } from '../json/json.ts';
import { onceForAll } from '../kubernetes/once.ts';
import { isWorkflowFile } from '../layout/paths.ts';
import type { SnapshotEntry } from '../snapshot/snapshot.ts';
import { isFindings, readMemory, type ValidationMemory, writeMemory } from '../validate/memory.ts';
import { type Judged, judgedTogether } from './platform-check.ts';

/** What a check found, by what it was found in. */
export interface CheckParts {
  readonly policies: number;
  /** Policies that concerned nothing. */
  readonly unmatched: number;
  /** Of policies, waivers and files that belong to no service. */
  readonly general: readonly Finding[];
  readonly rest: Judged;
  readonly services: ReadonlyMap<string, CheckedPart>;
}

/** One service. */
export interface CheckedPart {
  /** What keeps it from being judged whole. */
  readonly errors: readonly Finding[];
  readonly entities: Judged;
  /** What it renders, and its other files. */
  readonly own: Judged;
  /** What there is to say of its waivers. */
  readonly waivers: readonly Finding[];
}

/** All findings of a check, and its counts. */
export function checkRunOf({ policies, unmatched, general, rest, services }: CheckParts) {
  const parts = [...services.values()];
  const { findings, ...counts } = judgedTogether([rest, ...parts.flatMap(({ entities, own }) => [entities, own])]);
  const errors = onceForAll(parts.flatMap((part) => part.errors));
  const waivers = parts.flatMap((part) => part.waivers);
  return {
    policies,
    unmatched,
    services: services.size,
    ...counts,
    findings: sortFindings([...general, ...errors, ...waivers, ...findings]),
  };
}

/**
 * What a check of everything leaves for the next one, beside what a validation leaves. Nothing of it is believed where an id
 * of git differs, or on another day: waivers end.
 */
export interface CheckMemory extends CheckParts {
  /** In UTC: `2026-11-21`. */
  readonly day: string;
  readonly validation: ValidationMemory;
  /** No policy has an error. */
  readonly sound: boolean;
  /** The files outside of the platform's places that policies judge, see `checkedInputs`. */
  readonly inputs: string;
  /** The policies that few services are about, with those: whether they concern anything may depend on one of them. */
  readonly rare: ReadonlyMap<string, readonly string[]>;
}

/** The files that policies judge and that are neither a service's nor a platform's, as a text that is equal where they are. */
export function checkedInputs(entries: readonly SnapshotEntry[]): string {
  return entries
    .filter(({ path }) => isWorkflowFile(path))
    .map(({ path, oid, mode }) => `${mode} ${oid} ${JSON.stringify(path)}\n`)
    .join('');
}

/** What a check remembers, as text for a store: a line of its own, then what validation remembers. */
export function writeCheckMemory({ validation, services, rare, ...memory }: CheckMemory): string {
  const rows = [...services].map(([name, { errors, entities, own, waivers }]) => [
    name,
    errors,
    rowOf(entities),
    rowOf(own),
    waivers,
  ]);
  const rest = rowOf(memory.rest);
  return `${JSON.stringify({ ...memory, rest, rare: [...rare], services: rows })}\n${writeMemory(validation)}`;
}

/**
 * Reads what `writeCheckMemory` wrote.
 *
 * @returns `undefined` for anything else: whoever can write the store cannot end a run by it
 */
export function readCheckMemory(text: string): CheckMemory | undefined {
  const end = text.indexOf('\n');
  const parsed = parsedJson(text.slice(0, Math.max(0, end)));
  const [day, inputs] = ['day', 'inputs'].map((key) => property(parsed, key));
  const [policies, unmatched, general] = ['policies', 'unmatched', 'general'].map((key) => property(parsed, key));
  const sound = property(parsed, 'sound') === true;
  if (typeof day !== 'string' || typeof inputs !== 'string') return undefined;
  if (typeof policies !== 'number' || typeof unmatched !== 'number' || !isFindings(general)) return undefined;
  const validation = readMemory(text.slice(end + 1));
  const rest = judgedOf(property(parsed, 'rest'));
  const rare = rareOf(property(parsed, 'rare'));
  const services = servicesOf(property(parsed, 'services'));
  if (validation === undefined || rest === undefined || rare === undefined || services === undefined) return undefined;
  return { day, inputs, validation, sound, policies, unmatched, general, rest, rare, services };
}

function rowOf({ findings, objects, entities, documents, inconclusive }: Judged) {
  return [objects, entities, documents, inconclusive, findings];
}

function judgedOf(row: unknown): Judged | undefined {
  if (!Array.isArray(row)) return undefined;
  const [objects, entities, documents, inconclusive, findings] = row as readonly unknown[];
  if (typeof objects !== 'number' || typeof entities !== 'number') return undefined;
  if (typeof documents !== 'number' || typeof inconclusive !== 'number' || !isFindings(findings)) return undefined;
  return { objects, entities, documents, inconclusive, findings };
}

function servicesOf(rows: unknown): ReadonlyMap<string, CheckedPart> | undefined {
  if (!Array.isArray(rows)) return undefined;
  const services = new Map<string, CheckedPart>();
  for (const row of rows as readonly unknown[]) {
    if (!Array.isArray(row)) return undefined;
    const [name, errors, entityRow, ownRow, waivers] = row as readonly unknown[];
    const entities = judgedOf(entityRow);
    const own = judgedOf(ownRow);
    if (typeof name !== 'string' || !isFindings(errors) || !isFindings(waivers)) return undefined;
    if (entities === undefined || own === undefined) return undefined;
    services.set(name, { errors, entities, own, waivers });
  }
  return services;
}

function rareOf(rows: unknown): ReadonlyMap<string, readonly string[]> | undefined {
  if (!Array.isArray(rows)) return undefined;
  const rare = new Map<string, readonly string[]>();
  for (const row of rows as readonly unknown[]) {
    const [policy, names] = Array.isArray(row) ? (row as readonly unknown[]) : [];
    if (typeof policy !== 'string' || !Array.isArray(names)) return undefined;
    rare.set(policy, names.map(String));
  }
  return rare;
}

function parsedJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
