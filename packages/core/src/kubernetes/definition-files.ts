import { quote } from '../finding/did-you-mean.ts';
import { type Json, property, stringOf } from '../json/json.ts';
import { compactJson } from './compact-json.ts';
import { readCustomResource } from './custom-resource.ts';
import { reduceCustomResource } from './reduce-custom-resource.ts';

/** A file below `crds/` of a capability. */
export interface DefinitionFile {
  /** `clusters.postgresql.cnpg.io.yaml`. */
  readonly name: string;
  readonly content: string;
  /** `<group>/<version>/<Kind>`, as `spec.objects.kinds` writes them. */
  readonly kinds: readonly string[];
}

/** What becomes of published documents. */
export interface DefinitionFiles {
  readonly files: readonly DefinitionFile[];
  /** What is wrong with one of them, in words. */
  readonly problems: readonly string[];
}

/**
 * Makes short definitions of published ones (`reduceCustomResource`), a file each. Documents of other kinds are left out:
 * projects publish their definitions in one file with the operator.
 *
 * @param declared the kinds that the capability renders: only these are kept, or all where it renders none of them yet
 * @param note where the files were published, their version and licence; a comment at the head of each
 */
export function definitionFiles(
  documents: readonly Json[],
  declared: readonly string[],
  note: string | undefined,
): DefinitionFiles {
  const files: DefinitionFile[] = [];
  const problems: string[] = [];
  const definitions = documents.filter((document) => property(document, 'kind') === 'CustomResourceDefinition');
  const read = definitions.map((document) => ({ document, read: readCustomResource(document) }));
  const published = read.flatMap((each) => ('kinds' in each.read ? each.read.kinds.map(({ kind }) => kind) : []));
  const some = published.some((kind) => declared.includes(kind));
  for (const { document, read: outcome } of read) {
    const name = stringOf(property(property(document, 'metadata'), 'name')) ?? '';
    if ('problems' in outcome) {
      problems.push(...outcome.problems.map(({ message }) => `${name}: ${message}`));
      continue;
    }
    // It becomes the name of a file.
    if (!/^[a-z0-9]([-a-z0-9.]{0,250}[a-z0-9])?$/.test(name)) {
      problems.push(`${quote(name)} is no name of a CustomResourceDefinition`);
      continue;
    }
    const reduced = reduceCustomResource(document, (kind) => !some || declared.includes(kind));
    const again = reduced === undefined ? undefined : readCustomResource(reduced);
    if (reduced === undefined || again === undefined || !('kinds' in again)) continue;
    const kinds = again.kinds.map(({ kind }) => kind);
    files.push({ name: `${name}.yaml`, content: `${head(kinds, note)}${compactJson(reduced)}\n`, kinds });
  }
  return { files, problems };
}

function head(kinds: readonly string[], note: string | undefined): string {
  const lines = [
    `${kinds.join(', ')}: what checks an object, made by \`idp schemas\` of the published definition.`,
    ...(note ?? '').split('\n').filter((line) => line !== ''),
  ];
  return lines.map((line) => `# ${line}\n`).join('');
}
