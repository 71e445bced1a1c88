import { type PublishedSchema, schemaFile } from '../schema/json-schemas.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/**
 * The first line of a file, by which editors find its JSON Schema.
 *
 * @param from the way from the file's folder to the root: `../`
 */
export function schemaLine(name: PublishedSchema, from: string): string {
  return `# yaml-language-server: $schema=${from}${schemaFile(name)}\n`;
}

/** The same, where the repository has the schema: an editor calls a line that leads nowhere a mistake. */
export function schemaLineIn(snapshot: Snapshot, name: PublishedSchema, from: string): string {
  return snapshot.entry(schemaFile(name)) === undefined ? '' : schemaLine(name, from);
}
