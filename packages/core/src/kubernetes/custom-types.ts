import type { Finding } from '../finding/finding.ts';
import { isExactJson } from '../json/exact-json.ts';
import type { Json, JsonObject } from '../json/json.ts';
import type { SourceResult } from '../source/source.ts';
import { type KeptText, storeKey } from '../store/store.ts';
import { applyDefaults } from './apply-defaults.ts';
import { builtInDefinitions } from './built-in.ts';
import type { Check } from './check.ts';
import { SchemaCompiler } from './compile-schema.ts';
import { type CustomResource, readCustomResource } from './custom-resource.ts';

/** A file in `crds/`. */
export interface DefinitionSource {
  readonly read: () => SourceResult;
  /** Where the kinds in it stay for the next run. */
  readonly kept: KeptText | undefined;
}

interface Read {
  readonly schemas: ReadonlyMap<string, JsonObject>;
  readonly findings: readonly Finding[];
}

/** The CustomResourceDefinitions that a capability ships in `crds/`; read when something asks for one. */
export class CustomTypes {
  private readonly sources: () => readonly DefinitionSource[];
  private made: Read | undefined;
  private readonly checks = new Map<string, Check>();

  constructor(sources: () => readonly DefinitionSource[]) {
    this.sources = sources;
  }

  /** What is wrong with its files. */
  get findings(): readonly Finding[] {
    return this.read().findings;
  }

  /** By `<group>/<version>/<Kind>`. */
  get kinds(): Iterable<string> {
    return this.read().schemas.keys();
  }

  schema(kind: string): JsonObject | undefined {
    return this.read().schemas.get(kind);
  }

  find(kind: string): Check | undefined {
    const schema = this.read().schemas.get(kind);
    if (schema === undefined) return undefined;
    const known = this.checks.get(kind);
    if (known !== undefined) return known;
    let compiled: Check | undefined;
    // Compiled with the first object: who only asks whether a kind is known has none.
    const look: Check = (node, run) => {
      compiled ??= new SchemaCompiler(builtInDefinitions()).compile(schema);
      return compiled(applyDefaults(node, schema), run);
    };
    const check: Check = (node, run) => run.once(node, look);
    this.checks.set(kind, check);
    return check;
  }

  private read(): Read {
    this.made ??= readAll(this.sources());
    return this.made;
  }
}

function readAll(sources: readonly DefinitionSource[]): Read {
  const schemas = new Map<string, JsonObject>();
  const findings: Finding[] = [];
  for (const source of sources) {
    const read = kindsOf(source);
    for (const { kind, schema } of read.kinds) schemas.set(kind, schema);
    findings.push(...read.findings);
  }
  return { schemas, findings };
}

interface Kinds {
  readonly kinds: readonly CustomResource[];
  readonly findings: readonly Finding[];
}

/** Part of the key of what is stored: a new number with each change of what `readCustomResource` gives. */
const readerVersion = '1';

/** Only of files in which nothing is wrong the kinds are kept. */
function kindsOf({ read, kept }: DefinitionSource): Kinds {
  const key = kept && storeKey('custom-resources', readerVersion, [kept.id]);
  const stored = key && kept.store.get(key);
  if (stored !== undefined) return { kinds: JSON.parse(stored) as readonly CustomResource[], findings: [] };
  const made = kindsIn(read());
  if (key !== undefined && made.findings.length === 0 && isExactJson(made.kinds))
    kept?.store.set(key, JSON.stringify(made.kinds));
  return made;
}

function kindsIn({ source, findings: unreadable }: SourceResult): Kinds {
  const kinds: CustomResource[] = [];
  const findings = [...unreadable];
  source?.documents.forEach((document: Json, index) => {
    if (document === null) return;
    const read = readCustomResource(document);
    if ('kinds' in read) {
      kinds.push(...read.kinds);
      return;
    }
    for (const { pointer, message, hint } of read.problems) {
      const code = 'capability/invalid-crd';
      findings.push({ code, severity: 'error', message, hint, ...source.locate(pointer, 'key', index) });
    }
  });
  return { kinds, findings };
}
