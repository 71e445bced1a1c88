import type { Finding, RelatedPlace, Waived } from '../finding/finding.ts';
import { isObject, property } from '../json/json.ts';
import type { SharedName } from '../resolve/shared-names.ts';
import { Listing } from '../snapshot/listing.ts';
import { RememberedServices } from './remembered-services.ts';
import type { Validation, ValidationCounts } from './validation.ts';

/**
 * What a run of `validate` leaves for the next one: what it found, by what it was found from. Nothing of it is
 * believed where an id of git differs.
 */
export interface ValidationMemory {
  /** All entries of the snapshot that it is of. */
  readonly listing: Listing;
  /** Files outside the platform's places that the catalog was read from. */
  readonly alsoRead: readonly string[];
  readonly counts: ValidationCounts;
  readonly contextFindings: readonly Finding[];
  readonly catalogFindings: readonly Finding[];
  readonly services: RememberedServices;
}

/** A line that is parsed whole, the rows of the services, and the listing: most of both is only searched and compared. */
export function writeMemory({ listing, services, ...memory }: ValidationMemory): string {
  const { size, findings, reads, shares, asks, unknown, rows } = services;
  const ofFew = { findings: [...findings], reads: [...reads], shares: [...shares], asks: [...asks] };
  const few = { size, rows: rows.length, ...ofFew, unknown };
  return `${JSON.stringify({ ...memory, services: few })}${rows}${listing.text}`;
}

/**
 * Reads what `writeMemory` wrote.
 *
 * @returns `undefined` for anything else: whoever can write the store cannot end a run by it
 */
export function readMemory(text: string): ValidationMemory | undefined {
  const end = text.indexOf('\n');
  const parsed = end < 0 ? undefined : parsedJson(text.slice(0, end));
  const counts = property(parsed, 'counts');
  const alsoRead = property(parsed, 'alsoRead');
  const contextFindings = property(parsed, 'contextFindings');
  const catalogFindings = property(parsed, 'catalogFindings');
  const services = property(parsed, 'services');
  if (!isCounts(counts) || !isStrings(alsoRead)) return undefined;
  if (!isFindings(contextFindings) || !isFindings(catalogFindings)) return undefined;
  const [size, rows, unknown] = ['size', 'rows', 'unknown'].map((name) => property(services, name));
  const findings = fewOf(property(services, 'findings'), isFindings);
  const reads = fewOf(property(services, 'reads'), isStrings);
  const shares = fewOf(property(services, 'shares'), isSharedNames);
  const asks = fewOf(property(services, 'asks'), isStrings);
  if (!isCount(size) || !isCount(rows) || !isStrings(unknown)) return undefined;
  if (findings === undefined || reads === undefined || shares === undefined || asks === undefined) return undefined;
  const split = end + rows;
  const few = { findings, reads, shares, asks };
  const remembered = new RememberedServices({ size, ...few, unknown, rows: text.slice(end, split) });
  const listing = new Listing(text.slice(split));
  return { listing, alsoRead, counts, contextFindings, catalogFindings, services: remembered };
}

function fewOf<T>(pairs: unknown, isValue: (value: unknown) => value is T): ReadonlyMap<string, T> | undefined {
  if (!Array.isArray(pairs)) return undefined;
  const few = new Map<string, T>();
  for (const pair of pairs as readonly unknown[]) {
    const [name, value] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    if (typeof name !== 'string' || !isValue(value)) return undefined;
    few.set(name, value);
  }
  return few;
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

function isSharedNames(value: unknown): value is readonly SharedName[] {
  const isName = (one: unknown): boolean =>
    ['service', 'resource', 'type', 'id'].every((name) => typeof property(one, name) === 'string') &&
    typeof property(one, 'owns') === 'boolean';
  return Array.isArray(value) && value.every(isName);
}

function isCounts(value: unknown): value is ValidationCounts {
  return ['entities', 'services', 'capabilities', 'environments'].every((name) => isCount(property(value, name)));
}

function isCount(value: unknown): value is number {
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
