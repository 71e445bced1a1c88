import { nearest } from '../finding/did-you-mean.ts';
import { builtInTable, builtInVersion } from './built-in-table.ts';
import { type Check, SchemaCompiler } from './compile-schema.ts';
import { readTable } from './read-table.ts';
import type { TypeDefinitions } from './type-definitions.ts';

/** What is known of a kind: its check, or that Kubernetes has no such kind, or nothing. */
export type KnownKind =
  | { readonly kind: 'known'; readonly check: Check }
  | { readonly kind: 'missing'; readonly message: string; readonly hint: string }
  | { readonly kind: 'unknown' };

/** One published set of types with the checks that were compiled of it. */
class TypeSet {
  private readonly definitions: TypeDefinitions;
  private readonly compiler: SchemaCompiler;

  constructor(definitions: TypeDefinitions) {
    this.definitions = definitions;
    this.compiler = new SchemaCompiler(definitions);
  }

  get kinds(): Iterable<string> {
    return this.definitions.kinds.keys();
  }

  find(kind: string): Check | undefined {
    const name = this.definitions.kinds.get(kind);
    return name === undefined ? undefined : this.compiler.type(name);
  }
}

let table: TypeSet | undefined;

/** Kubernetes' own types: the table is read when the first object is checked, a type when the first of its kind is. */
function builtIn(): TypeSet {
  table ??= new TypeSet(readTable(builtInTable));
  return table;
}

/** The types that rendered objects are checked by. */
export class KubernetesTypes {
  /** @param apiVersion as it is written in the object: `apps/v1` */
  find(apiVersion: string, kind: string): KnownKind {
    const wanted = `${apiVersion}/${kind}`;
    const check = builtIn().find(wanted);
    if (check !== undefined) return { kind: 'known', check };
    return isBuiltInGroup(groupOf(apiVersion)) ? missing(apiVersion, kind) : { kind: 'unknown' };
  }
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Kubernetes' own groups: no operator can add a kind to one. */
function isBuiltInGroup(group: string): boolean {
  for (const kind of builtIn().kinds) if (groupOf(kind.slice(0, kind.lastIndexOf('/'))) === group) return true;
  return ['extensions'].includes(group);
}

function missing(apiVersion: string, kind: string): KnownKind {
  const message = `Kubernetes ${builtInVersion} has no ${kind} in ${apiVersion}`;
  const elsewhere = [...builtIn().kinds].filter((known) => known.endsWith(`/${kind}`));
  if (elsewhere.length > 0) {
    const versions = elsewhere.map((known) => known.slice(0, -kind.length - 1));
    return { kind: 'missing', message, hint: `${kind} is in ${versions.join(', ')}` };
  }
  const known = [...builtIn().kinds];
  const near = nearest(
    kind,
    known.filter((name) => name.startsWith(`${apiVersion}/`)).map((name) => name.slice(apiVersion.length + 1)),
  );
  return {
    kind: 'missing',
    message,
    hint: near === undefined ? 'mend `apiVersion` or `kind`' : `did you mean "${near}"?`,
  };
}
