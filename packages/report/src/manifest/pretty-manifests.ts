import { visibleLines, visibleText } from '../text/visible-text.ts';

/** A rendered file, with its path. */
export interface ManifestFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Rendered manifests as one YAML stream: each under a comment with its path, separated by `---`. Content without
 * control characters, which is all that the canonical writer makes, comes through byte for byte.
 */
export function prettyManifests(files: readonly ManifestFile[]): string {
  return files
    .map(({ path, content }) => `# ${visibleText(path)}\n${visibleLines(content).replace(/(?<!\n)$/, '\n')}`)
    .join('---\n');
}
