import { join } from 'node:path';

/** Where a quickstart reads from and writes to: absolute folders. */
export interface Places {
  /** The new folder that holds everything. */
  readonly into: string;
  /** `$P`: the platform repository. */
  readonly platform: string;
  /** `$R`: its bare remote. */
  readonly remote: string;
  /** The workspace whose catalog, capabilities, environments and policies are copied. */
  readonly from: string;
  /** The bin's file. */
  readonly bin: string;
}

export function placesIn(into: string, from: string, bin: string): Places {
  return { into, platform: join(into, 'platform'), remote: join(into, 'remote.git'), from, bin };
}

/** An argument of a step's command with its variables filled in. */
export function fillIn(argument: string, { platform, remote }: Places): string {
  return argument.replaceAll('$P', () => platform).replaceAll('$R', () => remote);
}
