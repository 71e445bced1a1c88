import { decodeText } from '../digest/text.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { type ReleaseRecord, recordSchema } from '../schema/record.schema.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

export const recordFolder = '.idp/services/';

/** Where the record of a service lies on the branch of an environment. */
export function recordPath(service: string): string {
  return `${recordFolder}${service}.json`;
}

export type RecordResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'record'; readonly record: ReleaseRecord }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Reads the record of a service on an environment branch. A record is untrusted like any other file. */
export function readRecord(branch: Snapshot, service: string, environment: string): RecordResult {
  const entry = branch.entry(recordPath(service));
  if (entry === undefined) return { kind: 'none' };
  const bytes = entry.mode === '100644' ? branch.read(entry.path) : undefined;
  const text = bytes && decodeText(bytes);
  if (text === undefined) return { kind: 'invalid', reason: 'it is not a text file' };
  try {
    const value = JSON.parse(text) as Json;
    const [problem] = schemaProblems(recordSchema, value, 'ours');
    if (problem !== undefined) return { kind: 'invalid', reason: problem.message };
    const record = value as unknown as ReleaseRecord;
    if (record.service === service && record.environment === environment) return { kind: 'record', record };
    return { kind: 'invalid', reason: `it is the record of ${record.service} in ${record.environment}` };
  } catch {
    return { kind: 'invalid', reason: 'it is not JSON' };
  }
}

/** The services that have a record on a branch. */
export function recordedServices(branch: Snapshot): readonly string[] {
  return branch
    .list()
    .flatMap(({ path }) =>
      path.startsWith(recordFolder) && path.endsWith('.json') ? [path.slice(recordFolder.length, -'.json'.length)] : [],
    );
}

/** The record's text: keys sorted, two spaces, so that a person reads it and equal records have equal bytes. */
export function writeRecord(record: ReleaseRecord): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(record as unknown as Json)), undefined, 2)}\n`;
}
