import type { Platform } from '@idp/core';
import { lt, valid } from 'semver';
import { usage } from '../output/usage.ts';
import { toolVersion } from '../tool-version.ts';
import type { VerbResult } from '../verb.ts';

/** A platform may ask for a newer tool than this one (`spec.minimumToolVersion` of idp.yaml). */
export function refuseOldTool(platform: Platform): VerbResult | undefined {
  const minimum = platform.settings.minimumToolVersion;
  if (minimum === undefined || valid(minimum) === null || !lt(toolVersion, minimum)) return undefined;
  return usage('old-tool', `this is idp ${toolVersion}, the platform needs ${minimum}`, 'update the tool');
}
