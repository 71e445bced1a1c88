import { decodeText } from '../digest/text.ts';
import type { Finding } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import { lineMap } from '../source/line-map.ts';
import { yamlLocator } from '../source/locate-yaml.ts';
import { notUtf8At } from '../source/not-utf8.ts';
import { reservedKey } from '../source/reserved-key.ts';
import { expandLists } from './expand-lists.ts';
import type { Manifest } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';

/** A file beyond this size (bytes) is refused before it is read; a dump of a whole cluster is smaller. */
const maxManifestBytes = 50_000_000;

/** What a file of somebody else's holds. */
export interface ManifestFile {
  readonly path: string;
  readonly manifests: readonly Manifest[];
  /** Documents that are no Kubernetes objects, such as the values of a chart. */
  readonly others: number;
  readonly findings: readonly Finding[];
}

/**
 * Reads a file of Kubernetes manifests. Every way in which it cannot be read is a finding with a place.
 *
 * @param path as findings name it
 */
export function readManifests(path: string, bytes: Uint8Array): ManifestFile {
  const refuse = (code: string, message: string, hint: string, start = 0): ManifestFile => {
    const place = text === undefined ? notUtf8At(path, bytes) : lineMap(text).position(path, { start, end: start + 1 });
    return { path, manifests: [], others: 0, findings: [{ code, severity: 'error', message, hint, ...place }] };
  };
  let text: string | undefined;
  const large = tooLarge(path, bytes.length);
  if (large !== undefined) return { path, manifests: [], others: 0, findings: [large] };
  text = decodeText(bytes);
  if (text === undefined) return refuse('source/not-utf8', 'the file is not UTF-8', 'save it as UTF-8');
  const parsed = parseManifest(text);
  if (!parsed.ok) {
    const template = templateAt(text);
    if (template !== undefined)
      return refuse(
        'manifest/template',
        'this is a template, not a manifest',
        'render it first, for example by `helm template`, and check what comes out',
        template,
      );
    const { message, offset } = parsed.error;
    return refuse('source/invalid-yaml', message, 'mend the YAML at this place', offset);
  }
  const reserved = reservedKey(text, parsed.documents);
  if (reserved !== undefined) {
    const place = yamlLocator(text).locate(reserved.document, reserved.pointer);
    return refuse('source/invalid-yaml', 'the key "__proto__" is not allowed', 'remove it', place?.key?.start);
  }
  return { path, ...objectsOf(path, parsed.documents), findings: [] };
}

/** What is said of a file of so many bytes, before anybody reads it; `undefined` for one that is small enough. */
export function tooLarge(path: string, size: number): Finding | undefined {
  if (size <= maxManifestBytes) return undefined;
  const message = `${size} bytes are more than ${maxManifestBytes}`;
  return { code: 'source/too-large', severity: 'error', message, hint: 'split the file', path };
}

function objectsOf(path: string, documents: readonly Json[]): Pick<ManifestFile, 'manifests' | 'others'> {
  const manifests: Manifest[] = [];
  let others = 0;
  for (const [index, document] of documents.entries()) {
    if (document === null) continue;
    const found = expandLists(path, index, document);
    if (found === undefined) others += 1;
    else manifests.push(...found);
  }
  return { manifests, others };
}

/** Where the first action of a Go template is. */
function templateAt(text: string): number | undefined {
  const at = /\{\{-?\s*(?:[.$a-z"/]|\/\*)/.exec(text)?.index;
  return at;
}
