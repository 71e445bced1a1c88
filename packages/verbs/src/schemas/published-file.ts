import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A text that somebody published, and where it was read. */
export interface PublishedText {
  readonly from: string;
  readonly text: string;
}

/** It could not be read; the words are for people. */
export class UnreadableError extends Error {
  /** Whether a file or an option is at fault, or whoever should have answered. */
  readonly at: 'here' | 'there';

  constructor(message: string, at: 'here' | 'there' = 'here') {
    super(message);
    this.at = at;
  }
}

/** Of one file or answer (bytes); the largest definitions have two million. */
export const maxBytes = 32_000_000;
const maxFiles = 500;

/** Reads a file, or the YAML and JSON files of a folder, in the order of their names. */
export async function readPublishedFiles(path: string): Promise<readonly PublishedText[]> {
  const found = await stat(path).catch((error: unknown) => unreadable(path, error));
  if (!found.isDirectory()) return [await readOne(path)];
  const names = (await readdir(path).catch((error: unknown) => unreadable(path, error)))
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort();
  if (names.length === 0) throw new UnreadableError(`${path} has no YAML or JSON file`);
  if (names.length > maxFiles) throw new UnreadableError(`${path} has more than ${maxFiles} files`);
  const texts: PublishedText[] = [];
  for (const name of names) texts.push(await readOne(join(path, name)));
  return texts;
}

async function readOne(path: string): Promise<PublishedText> {
  const found = await stat(path).catch((error: unknown) => unreadable(path, error));
  if (!found.isFile()) throw new UnreadableError(`${path} is no file`);
  if (found.size > maxBytes) throw new UnreadableError(`${path} has ${found.size} bytes, more than ${maxBytes}`);
  const bytes = await readFile(path).catch((error: unknown) => unreadable(path, error));
  return { from: path, text: bytes.toString('utf8') };
}

function unreadable(path: string, error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    throw new UnreadableError(`there is no file or folder ${path}`);
  throw new UnreadableError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
