import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  defaultTemplate,
  foldCase,
  isServiceName,
  type Mint,
  planNearby,
  type ServiceOptions,
  Surroundings,
} from '@idp/core';
import type { OnProcess } from '@idp/git';
import type { PlannedNearby } from '../generator.ts';
import { nearbyFiles } from '../nearby-files.ts';

/**
 * Plans a service by what it has to do with, so that neither processes nor files that are read depend on how many
 * services there are.
 *
 * @returns `undefined` when that is not enough to decide
 */
export async function planServiceNearby(
  root: string,
  options: ServiceOptions,
  mint: Mint,
  onProcess?: OnProcess,
): Promise<PlannedNearby | undefined> {
  if (
    !isServiceName(options.name) ||
    !isServiceName(options.template ?? defaultTemplate) ||
    isInTheWay(root, options.name)
  )
    return undefined;
  const capabilities = () => [options.template ?? defaultTemplate];
  const snapshot = await nearbyFiles(root, options.name, capabilities, onProcess);
  const outcome = planNearby(new Surroundings(snapshot), options, mint);
  return outcome && { snapshot, outcome };
}

/** What git may not tell: `services` that is no folder, and names that are the same where case does not count. */
function isInTheWay(root: string, service: string): boolean {
  if (lstatSync(join(root, 'services'), { throwIfNoEntry: false })?.isDirectory() === false) return true;
  return hasOtherCase(root, 'services') || hasOtherCase(join(root, 'services'), service);
}

function hasOtherCase(folder: string, name: string): boolean {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return false;
  return readdirSync(folder).some((other) => other !== name && foldCase(other) === name);
}
