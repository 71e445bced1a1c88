import type { Finding, Outcome } from '../finding/finding.ts';
import { platformFile } from '../layout/paths.ts';
import { documentFindings } from '../schema/document-findings.ts';
import { type PlatformDocument, platformSchema } from '../schema/platform.schema.ts';
import { schemaProblem } from '../schema/validator.ts';
import type { Snapshot, SnapshotEntry } from '../snapshot/snapshot.ts';
import { readSource } from '../source/source.ts';
import { defaultSettings, type PlatformSettings } from './platform.ts';

type Settings = Outcome<PlatformSettings> & { readonly value: PlatformSettings };

/** What was read last: a verb asks whether it can go on by the settings, a stage goes on by them. */
let last: { readonly key: string; readonly settings: Settings } | undefined;

/**
 * Reads idp.yaml; without one, the defaults hold. The same content is read once.
 *
 * @param options.isChecked its content is known to have no error, and is not checked again
 */
export function readSettings(snapshot: Snapshot, { isChecked = false } = {}): Settings {
  const entry = snapshot.entry(platformFile);
  if (entry === undefined) return { value: defaultSettings, findings: [] };
  if (snapshot.read(entry.path) === undefined) return read(snapshot, entry, isChecked);
  const key = `${entry.mode} ${entry.oid}`;
  if (last?.key !== key) last = { key, settings: read(snapshot, entry, isChecked) };
  return last.settings;
}

function read(snapshot: Snapshot, entry: SnapshotEntry, isChecked: boolean): Settings {
  const { source, findings } = readSource(snapshot, entry);
  if (source === undefined) return { value: defaultSettings, findings };
  const problems = isChecked ? [] : documentFindings('platform', platformSchema, source);
  if (problems.length > 0) return { value: defaultSettings, findings: problems };
  const { metadata, spec } = source.documents[0] as unknown as PlatformDocument;
  const value: PlatformSettings = {
    name: metadata.name,
    branch: spec.branch ?? defaultSettings.branch,
    remote: spec.remote ?? defaultSettings.remote,
    registry: spec.images?.registry ?? defaultSettings.registry,
    defaultWorkload: spec.defaults?.workload,
    minimumToolVersion: spec.minimumToolVersion,
    environmentValues: spec.environmentValues,
    grants: spec.grants ?? [],
    ignore: spec.ignore ?? [],
  };
  const refused = isChecked ? undefined : value.environmentValues && schemaProblem(value.environmentValues);
  if (refused === undefined) return { value, findings: [] };
  const finding: Finding = {
    code: 'platform/invalid-schema',
    severity: 'error',
    message: `this is not a JSON Schema: ${refused}`,
    hint: 'see json-schema.org, version 2020-12',
    ...source.locate(['spec', 'environmentValues'], 'key'),
  };
  return { value: { ...value, environmentValues: undefined }, findings: [finding] };
}
