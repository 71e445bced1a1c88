import { type AddOptions, isServiceName, type Mint, planAddNearby, type Snapshot, usedCapabilities } from '@idp/core';
import type { OnProcess } from '@idp/git';
import type { PlannedNearby } from '../generator.ts';
import { nearbyFiles } from '../nearby-files.ts';

/**
 * Plans a resource by what its service has to do with, so that neither processes nor files that are read depend on how
 * many services there are.
 *
 * @returns `undefined` when that is not enough to decide
 */
export async function planResourceNearby(
  root: string,
  options: AddOptions,
  mint: Mint,
  onProcess?: OnProcess,
): Promise<PlannedNearby | undefined> {
  const { service, capability } = options;
  if (!isServiceName(service) || !isServiceName(capability)) return undefined;
  const used = (files?: Snapshot) => [capability, ...(files === undefined ? [] : usedCapabilities(files, service))];
  const snapshot = await nearbyFiles(root, service, used, onProcess);
  const outcome = planAddNearby(snapshot, options, mint);
  return outcome && { snapshot, outcome };
}
