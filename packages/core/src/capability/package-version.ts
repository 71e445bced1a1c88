import { decodeText } from '../digest/text.ts';
import { fileStart } from '../finding/file-start.ts';
import type { Finding, Position } from '../finding/finding.ts';
import { property, stringOf } from '../json/json.ts';
import { lineMap } from '../source/line-map.ts';
import type { PackageFolder } from './package-folder.ts';

/**
 * The version of a capability is npm's: its package.json says it.
 *
 * @returns `value` is a semantic version also where `findings` say that the package has none: what else is wrong with it is found as well
 */
export function packageVersion({ snapshot, name, files }: PackageFolder): {
  readonly value: string;
  readonly findings: readonly Finding[];
} {
  const path = `capabilities/${name}/package.json`;
  const bytes = files.has('package.json') ? snapshot.read(path) : undefined;
  const text = bytes === undefined ? '' : (decodeText(bytes) ?? '');
  const refused = (message: string, hint: string, field?: 'name' | 'version') => {
    const place = bytes === undefined ? fileStart(`capabilities/${name}/capability.yaml`) : placeOf(path, text, field);
    const finding: Finding = { code: 'capability/version', severity: 'error', message, hint, ...place };
    return { value: '0.0.0', findings: [finding] };
  };
  if (bytes === undefined)
    return refused('a capability has a package.json', `add one with "name": "capability-${name}" and a "version"`);
  try {
    const manifest: unknown = JSON.parse(text);
    const version = stringOf(property(manifest, 'version'));
    if (stringOf(property(manifest, 'name')) !== `capability-${name}`)
      return refused(`the package is not named "capability-${name}"`, `write "name": "capability-${name}"`, 'name');
    return version !== undefined && /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)
      ? { value: version, findings: [] }
      : refused('"version" is not a semantic version', 'write "version": "1.0.0"', 'version');
  } catch {
    return refused('package.json is not JSON', 'mend it');
  }
}

/** The place of a field's name in a package.json, else of the file's start. */
function placeOf(path: string, text: string, field: string | undefined): Position {
  const start = field === undefined ? -1 : text.indexOf(`"${field}"`);
  if (start < 0) return fileStart(path);
  return lineMap(text).position(path, { start, end: start + `"${field}"`.length });
}
