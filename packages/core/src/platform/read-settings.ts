import type { Finding, Outcome } from '../finding/finding.ts';
import { platformFile } from '../layout/paths.ts';
import { documentFindings } from '../schema/document-findings.ts';
import { type PlatformDocument, platformSchema } from '../schema/platform.schema.ts';
import { schemaProblem } from '../schema/validator.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource } from '../source/source.ts';
import { defaultSettings, type PlatformSettings } from './platform.ts';

/** Reads idp.yaml; without one, the defaults hold. */
export function readSettings(snapshot: Snapshot): Outcome<PlatformSettings> & { readonly value: PlatformSettings } {
  const entry = snapshot.entry(platformFile);
  if (entry === undefined) return { value: defaultSettings, findings: [] };
  const { source, findings } = readSource(snapshot, entry);
  if (source === undefined) return { value: defaultSettings, findings };
  const problems = documentFindings('platform', platformSchema, source);
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
  const refused = value.environmentValues && schemaProblem(value.environmentValues);
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
