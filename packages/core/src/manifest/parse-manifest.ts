import { parseEvents, YAMLException } from 'js-yaml';
import type { Json } from '../json/json.ts';
import { BlockReader, hasUnusualCharacters, plainEnough } from '../source/block-yaml.ts';
import { NotPlainEnough } from '../source/flow-yaml.ts';
import { type ParsedYaml, parseByLibrary, type YamlDialect } from '../source/parse-yaml.ts';
import { flattenFlow } from './flatten-flow.ts';
import { kubernetesSchema, meansElseInKubernetes } from './kubernetes-scalars.ts';

/** What a cluster's whole state comes to in one file, and no alias bomb. */
const kubernetes: YamlDialect = { schema: kubernetesSchema, maxNodes: 3_000_000, maxDocuments: 100_000 };

/**
 * Parses a file of Kubernetes manifests, YAML or JSON, as `kubectl` and its relatives do: scalars are those of go-yaml 2
 * (`yes` is true, `0644` is 420), merge keys merge, and what go-yaml accepts of quotes and brackets is accepted.
 *
 * @returns one value a document, `null` for an empty one, or why it cannot be read
 */
export function parseManifest(text: string): ParsedYaml {
  const quick = hasUnusualCharacters(text) ? undefined : plainEnough(() => new ManifestReader(text).all());
  if (quick !== undefined) return { ok: true, documents: quick };
  const parsed = parseByLibrary(text, kubernetes);
  if (parsed.ok) return parsed;
  const flat = flattenFlow(text);
  const again = flat === undefined ? parsed : parseByLibrary(flat, kubernetes);
  return again.ok ? again : parsed;
}

/** The text, or where only go-yaml reads that, the same text with its quotes and brackets on one line each. */
export function readableText(text: string): string {
  try {
    parseEvents(text, {});
    return text;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return flattenFlow(text) ?? '';
  }
}

/** The quick way, for what means the same in both versions of YAML. */
class ManifestReader extends BlockReader {
  all(): readonly Json[] {
    return this.documents(kubernetes.maxDocuments);
  }

  protected override key(map: Readonly<Record<string, Json>>): string {
    const key = super.key(map);
    if (meansElseInKubernetes(key)) throw new NotPlainEnough();
    return key;
  }

  protected override plain(start: number, end: number): Json {
    if (meansElseInKubernetes(this.text.slice(start, end))) throw new NotPlainEnough();
    return super.plain(start, end);
  }
}
