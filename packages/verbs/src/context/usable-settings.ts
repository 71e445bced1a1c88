import {
  hasErrors,
  type PlatformSettings,
  type Position,
  platformFile,
  readSettings,
  readSource,
  type Snapshot,
} from '@idp/core';
import { lt, valid } from 'semver';
import { exitCode } from '../exit-code.ts';
import { sourceLines } from '../output/source-lines.ts';
import { failed, usage } from '../output/usage.ts';
import { toolVersion } from '../tool-version.ts';
import type { VerbResult } from '../verb.ts';

/**
 * The settings of idp.yaml, for verbs that act by them. A file with errors ends the verb: to go on by the
 * defaults would read another branch, name other images, or push to another remote than the file says.
 *
 * @returns the settings, or why there are none: its findings (1), or that the platform needs a newer tool (2)
 */
export function usableSettings(snapshot: Snapshot): PlatformSettings | VerbResult {
  const { value, findings } = readSettings(snapshot);
  if (hasErrors(findings)) return { ...failed(exitCode.findings, findings), readLine: sourceLines(snapshot) };
  return refuseOldTool(value, snapshot) ?? value;
}

/** A platform may ask for a newer tool than this one (`spec.minimumToolVersion` of idp.yaml). */
export function refuseOldTool({ minimumToolVersion }: PlatformSettings, snapshot: Snapshot): VerbResult | undefined {
  if (minimumToolVersion === undefined || valid(minimumToolVersion) === null) return undefined;
  if (!lt(toolVersion, minimumToolVersion)) return undefined;
  const refused = usage(
    'old-tool',
    `this is idp ${toolVersion}, the platform needs ${minimumToolVersion}`,
    'update the tool',
    placeOf(snapshot, 'minimumToolVersion'),
  );
  return { ...refused, readLine: sourceLines(snapshot) };
}

function placeOf(snapshot: Snapshot, setting: string): Position | undefined {
  const entry = snapshot.entry(platformFile);
  return entry && readSource(snapshot, entry).source?.locate(['spec', setting]);
}
