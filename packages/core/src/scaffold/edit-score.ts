import { type Document, isMap, parseDocument } from 'yaml';
import { canonicalJson } from '../json/canonical-json.ts';
import type { Json } from '../json/json.ts';
import { hasSequencesAtKey, spliceYaml } from './splice-yaml.ts';

/** A resource to write into a Score file. */
export interface ResourceEdit {
  readonly name: string;
  /** `{type, class, id, params}`. */
  readonly resource: Json;
  /** For each of the containers: variables that are not there yet. */
  readonly variables: Readonly<Record<string, string>>;
  readonly containers: readonly string[];
}

/** Edits a Score file as a person would: everything else, with its comments and order, stays as it was. */
export function editScore(text: string, edit: ResourceEdit): string {
  const variables = edit.containers.flatMap((container) =>
    Object.entries(edit.variables).map(
      ([name, value]) => [['containers', container, 'variables', name], value] as const,
    ),
  );
  let current = text;
  for (const [path, value] of [[['resources', edit.name], edit.resource] as const, ...variables]) {
    current = insert(current, path, value);
  }
  return current;
}

/** Adds one value. New lines among the old ones where that says what is meant, else the document is written anew. */
function insert(text: string, path: readonly string[], value: Json): string {
  const document = parse(text);
  if (document.hasIn(path)) return text;
  const spliced = spliceYaml(text, document, path, value);
  setIn(document, path, value);
  if (spliced !== undefined && says(parse(spliced), document)) return spliced;
  return document.toString({ lineWidth: 0, indentSeq: !hasSequencesAtKey(text) });
}

function parse(text: string): Document {
  return parseDocument(text, { version: '1.2', schema: 'core' });
}

function says(document: Document, meant: Document): boolean {
  const value = (of: Document): string => canonicalJson(of.toJS({ maxAliasCount: -1 }) as Json);
  return document.errors.length === 0 && value(document) === value(meant);
}

/** Like `setIn`, but maps that it has to make are block maps with our own values as nodes. */
function setIn(document: Document, path: readonly string[], value: Json): void {
  for (let length = 1; length < path.length; length += 1) {
    const parent = path.slice(0, length);
    if (!isMap(document.getIn(parent))) document.setIn(parent, document.createNode({}));
    const node = document.getIn(parent);
    if (isMap(node) && node.items.length === 0) node.flow = false;
  }
  document.setIn(path, document.createNode(value));
}
