import { isList, sortedEntries, Traced } from '../provenance/traced.ts';
import { textOf } from '../template/value-text.ts';
import { escapeExpansion } from './expand-text.ts';
import type { EnvVar } from './kubernetes.ts';
import { resolveString } from './resolve-string.ts';
import type { Lookup, SecretReference } from './secret-value.ts';

export interface ContainerStrings {
  readonly env: readonly EnvVar[];
  readonly command: readonly Traced[] | undefined;
  readonly args: readonly Traced[] | undefined;
}

/**
 * The variables, command and arguments of a container. A secret is a `secretKeyRef`; inside a longer text it
 * is an earlier variable and `$(NAME)`, which the kubelet puts together, so that no clear text ever exists
 * (design, section 5).
 */
export function containerStrings(
  container: {
    readonly variables: Traced | undefined;
    readonly command: Traced | undefined;
    readonly args: Traced | undefined;
  },
  lookup: Lookup,
): ContainerStrings {
  const variables = sortedEntries(container.variables);
  const helpers = new SecretVariables(new Set(variables.map(([name]) => name)));
  const text = (node: Traced): Traced => {
    const resolved = resolveString(node, lookup);
    if (resolved.kind === 'node')
      return new Traced(escapeExpansion(textOf(resolved.node), false), resolved.node.origin);
    const parts = resolved.kind === 'secret' ? [resolved.secret] : resolved.parts;
    const pieces = parts.map((part, index) =>
      typeof part === 'string'
        ? escapeExpansion(part, typeof parts[index + 1] === 'object')
        : `$(${helpers.nameFor(part)})`,
    );
    return new Traced(pieces.join(''), node.origin);
  };
  const own = variables.map(([name, node]): EnvVar => {
    const resolved = resolveString(node, lookup);
    return resolved.kind === 'secret' ? { name, ...fromSecret(resolved.secret) } : { name, value: text(node) };
  });
  const list = (node: Traced | undefined): readonly Traced[] | undefined =>
    isList(node) ? node.content.map(text) : undefined;
  const command = list(container.command);
  const args = list(container.args);
  // Secrets first: `$(NAME)` sees only variables that stand before it.
  return { env: [...helpers.variables(), ...own], command, args };
}

function fromSecret(secret: SecretReference): Pick<EnvVar, 'valueFrom'> {
  return {
    valueFrom: {
      secretKeyRef: { name: new Traced(secret.name, secret.origin), key: new Traced(secret.key, secret.origin) },
    },
  };
}

/** Variables that exist only to be named by others. */
class SecretVariables {
  private readonly taken: Set<string>;
  private readonly named = new Map<string, { readonly name: string; readonly secret: SecretReference }>();

  constructor(taken: Set<string>) {
    this.taken = taken;
  }

  nameFor(secret: SecretReference): string {
    const key = JSON.stringify([secret.name, secret.key]);
    const before = this.named.get(key);
    if (before !== undefined) return before.name;
    const base = `SECRET_${`${secret.name}_${secret.key}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
    let name = base;
    for (let count = 2; this.taken.has(name); count += 1) name = `${base}_${count}`;
    this.taken.add(name);
    this.named.set(key, { name, secret });
    return name;
  }

  variables(): readonly EnvVar[] {
    return [...this.named.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, secret }) => ({ name: new Traced(name, secret.origin), ...fromSecret(secret) }));
  }
}
