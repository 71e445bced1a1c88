import { type Document, isScalar, isSeq, parseDocument } from 'yaml';

/**
 * The text of an environment whose `spec.after` names another environment in the place of some: everything else, with
 * comments and order, stays as it was where that is possible.
 *
 * @param replaced those that the new one stands for
 */
export function spliceAfter(text: string, replaced: readonly string[], name: string): string {
  const document = parse(text);
  const after = document.getIn(['spec', 'after']);
  const before = isSeq(after) ? after.items.map((item) => (isScalar(item) ? String(item.value) : '')) : [];
  const kept = before.filter((item) => !replaced.includes(item));
  if (kept.includes(name)) return text;
  const [only] = isSeq(after) && after.items.length === 1 ? after.items : [];
  // One name for one other: its characters, and nothing else.
  if (isScalar(only) && only.range && kept.length === 0)
    return text.slice(0, only.range[0]) + name + text.slice(only.range[1]);
  document.setIn(['spec', 'after'], document.createNode([...kept, name], { flow: true }));
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function parse(text: string): Document {
  return parseDocument(text, { version: '1.2', schema: 'core' });
}
