import { mkdir, mkdtemp, readdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type MadeFolder = { readonly folder: string } | { readonly refused: string };

/**
 * The new folder of a quickstart: the one asked for, or one of its own among the temporary ones.
 *
 * @param into absolute; it may exist when it is empty. Nothing of anyone's is ever overwritten.
 */
export async function makeFolder(into: string | undefined): Promise<MadeFolder> {
  try {
    if (into === undefined) return { folder: await mkdtemp(join(await realpath(tmpdir()), 'idp-quickstart-')) };
    await mkdir(into, { recursive: true });
    if ((await readdir(into)).length > 0) return { refused: `${into} is not empty: name a new folder` };
    return { folder: await realpath(into) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { refused: `${into ?? 'a temporary folder'} cannot be made: ${reason}` };
  }
}
