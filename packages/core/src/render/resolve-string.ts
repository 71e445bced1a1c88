import { Traced } from '../provenance/traced.ts';
import { textOf } from '../template/value-text.ts';
import { isShellVariable, parsePlaceholders } from '../workload/placeholder.ts';
import type { Lookup, SecretReference } from './secret-value.ts';

/** A string of a Score file with its placeholders looked up. */
export type ResolvedString =
  | { readonly kind: 'node'; readonly node: Traced }
  | { readonly kind: 'secret'; readonly secret: SecretReference }
  /** Text with secrets in the middle. */
  | { readonly kind: 'mixed'; readonly parts: readonly (string | SecretReference)[] };

/**
 * Looks up the placeholders of one string. A string that is one placeholder takes the value's own type;
 * in a longer one values become text.
 */
export function resolveString(node: Traced, lookup: Lookup): ResolvedString {
  const text = typeof node.content === 'string' ? node.content : '';
  if (!text.includes('$')) return { kind: 'node', node };
  const parsed = parsePlaceholders(text);
  if (!parsed.ok) return { kind: 'node', node };
  const parts: (string | SecretReference)[] = [];
  // Texts that meet become one: what stands for something in Kubernetes may begin in one and end in the next.
  const append = (piece: string): void => {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + piece;
    else parts.push(piece);
  };
  for (const part of parsed.parts) {
    if (part.kind === 'literal') append(part.text);
    else if (isShellVariable(text.slice(part.start + 2, part.end - 1))) append(text.slice(part.start, part.end));
    else {
      const value = lookup(part.path);
      if (value?.kind === 'secret') parts.push({ ...value, origin: node.origin });
      else if (value !== undefined && parsed.parts.length === 1)
        return { kind: 'node', node: new Traced(value.node.content, node.origin) };
      else append(textOf(value?.node));
    }
  }
  const [first] = parts;
  if (parts.length === 1 && typeof first === 'object') return { kind: 'secret', secret: first };
  if (parts.every((part) => typeof part === 'string'))
    return { kind: 'node', node: new Traced(parts.join(''), node.origin) };
  return { kind: 'mixed', parts };
}
