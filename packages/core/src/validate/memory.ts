import type { Finding, RelatedPlace, Waived } from '../finding/finding.ts';
import { isObject, property } from '../json/json.ts';
import type { ServiceInputs } from './inputs.ts';
import type { Validation, ValidationCounts } from './validation.ts';

/**
 * What a run of `validate` leaves for the next one: what it found, by what it was found from. Nothing of it is
 * believed where an id of git differs.
 */
export interface ValidationMemory {
  readonly context: string;
  /** Files outside the platform's places that the catalog was read from. */
  readonly alsoRead: readonly string[];
  readonly counts: ValidationCounts;
  readonly contextFindings: readonly Finding[];
  readonly catalogFindings: readonly Finding[];
  readonly services: ReadonlyMap<string, RememberedService>;
}

export interface RememberedService extends ServiceInputs {
  /** What all others may know of it, see `serviceFacts`; `undefined` when it cannot be read. */
  readonly facts: string | undefined;
  /** The other services that it was judged by; `*` when it asked for all of them. */
  readonly reads: readonly string[];
  readonly findings: readonly Finding[];
}

export function writeMemory(memory: ValidationMemory): string {
  const services = [...memory.services].map(([name, { catalog, own, facts, reads, findings }]) => [
    name,
    catalog,
    own,
    facts ?? null,
    reads,
    findings,
  ]);
  return JSON.stringify({ ...memory, services });
}

/**
 * Reads what `writeMemory` wrote.
 *
 * @returns `undefined` for anything else: whoever can write the store cannot end a run by it
 */
export function readMemory(text: string): ValidationMemory | undefined {
  const parsed = parsedJson(text);
  const context = property(parsed, 'context');
  const counts = property(parsed, 'counts');
  const alsoRead = property(parsed, 'alsoRead');
  const contextFindings = property(parsed, 'contextFindings');
  const catalogFindings = property(parsed, 'catalogFindings');
  const services = property(parsed, 'services');
  if (typeof context !== 'string' || !isCounts(counts) || !isStrings(alsoRead)) return undefined;
  if (!isFindings(contextFindings) || !isFindings(catalogFindings) || !Array.isArray(services)) return undefined;
  const remembered = new Map<string, RememberedService>();
  for (const service of services as readonly unknown[]) {
    if (!Array.isArray(service)) return undefined;
    const [name, catalog, own, facts, reads, findings] = service as readonly unknown[];
    if (typeof name !== 'string' || typeof catalog !== 'string' || typeof own !== 'string') return undefined;
    if ((facts !== null && typeof facts !== 'string') || !isStrings(reads) || !isFindings(findings)) return undefined;
    remembered.set(name, { catalog, own, facts: facts ?? undefined, reads, findings });
  }
  return { context, counts, alsoRead, contextFindings, catalogFindings, services: remembered };
}

/** The answer itself, for a run over the very same files: read before, and mostly instead of, all else that is remembered. */
export interface RememberedAnswer extends Validation {
  /** An id of all entries of the snapshot. */
  readonly snapshot: string;
  readonly alsoRead: readonly string[];
}

/** One line. */
export function writeAnswer({ snapshot, findings, counts, alsoRead }: RememberedAnswer): string {
  return JSON.stringify({ snapshot, findings, counts, alsoRead });
}

/** Reads what `writeAnswer` wrote; `undefined` for anything else. */
export function readAnswer(text: string): RememberedAnswer | undefined {
  const parsed = parsedJson(text);
  const snapshot = property(parsed, 'snapshot');
  const findings = property(parsed, 'findings');
  const counts = property(parsed, 'counts');
  const alsoRead = property(parsed, 'alsoRead');
  if (typeof snapshot !== 'string' || !isCounts(counts) || !isStrings(alsoRead)) return undefined;
  return isFindings(findings) ? { snapshot, findings, counts, alsoRead } : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isCounts(value: unknown): value is ValidationCounts {
  return ['entities', 'services', 'capabilities', 'environments'].every((name) => isCount(property(value, name)));
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function isFindings(value: unknown): value is readonly Finding[] {
  return Array.isArray(value) && value.every(isFinding);
}

const numbers = ['line', 'column', 'endLine', 'endColumn'];

function isFinding(value: unknown): value is Finding {
  if (!isObject(value) || typeof value['code'] !== 'string' || typeof value['message'] !== 'string') return false;
  if (!['error', 'warning', 'info'].includes(String(value['severity']))) return false;
  if (!['path', 'hint', 'subject', 'docs', 'cause'].every((name) => isOptional(value[name], 'string'))) return false;
  if (value['environments'] !== undefined && !isStrings(value['environments'])) return false;
  if (value['waived'] !== undefined && !isWaived(value['waived'])) return false;
  const related = value['related'];
  return hasPlace(value) && (related === undefined || (Array.isArray(related) && related.every(isRelated)));
}

function isRelated(value: unknown): value is RelatedPlace {
  return (
    isObject(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string' && hasPlace(value)
  );
}

function isWaived(value: unknown): value is Waived {
  if (!isObject(value) || typeof value['path'] !== 'string' || typeof value['reason'] !== 'string') return false;
  return isOptional(value['owner'], 'string') && isOptional(value['expires'], 'string');
}

function hasPlace(value: object): boolean {
  return numbers.every((name) => property(value, name) === undefined || isCount(property(value, name)));
}

function isOptional(value: unknown, type: 'string'): boolean {
  return value === undefined || typeof value === type;
}
