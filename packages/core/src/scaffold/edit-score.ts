import { type Document, isMap, parseDocument } from 'yaml';
import type { Json } from '../json/json.ts';

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
  const document = parseDocument(text, { version: '1.2', schema: 'core' });
  setIn(document, ['resources', edit.name], edit.resource);
  for (const container of edit.containers) {
    for (const [name, value] of Object.entries(edit.variables)) {
      if (!document.hasIn(['containers', container, 'variables', name]))
        setIn(document, ['containers', container, 'variables', name], value);
    }
  }
  const sameIndent = /^( *)[^\s#][^\n]*:[ ]*\n\1- /m.test(text);
  return document.toString({ lineWidth: 0, indentSeq: !sameIndent });
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
