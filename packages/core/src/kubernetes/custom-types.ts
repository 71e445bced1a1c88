import type { Finding } from '../finding/finding.ts';
import type { Json, JsonObject } from '../json/json.ts';
import type { SourceResult } from '../source/source.ts';
import { applyDefaults } from './apply-defaults.ts';
import { builtInDefinitions } from './built-in.ts';
import type { Check } from './check.ts';
import { SchemaCompiler } from './compile-schema.ts';
import { readCustomResource } from './custom-resource.ts';

interface Read {
  readonly schemas: ReadonlyMap<string, JsonObject>;
  readonly findings: readonly Finding[];
}

/** The CustomResourceDefinitions that a capability ships in `crds/`; read when something asks for one. */
export class CustomTypes {
  private readonly sources: () => readonly SourceResult[];
  private made: Read | undefined;
  private readonly checks = new Map<string, Check>();

  constructor(sources: () => readonly SourceResult[]) {
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

function readAll(sources: readonly SourceResult[]): Read {
  const schemas = new Map<string, JsonObject>();
  const findings: Finding[] = [];
  for (const { source, findings: unreadable } of sources) {
    findings.push(...unreadable);
    source?.documents.forEach((document: Json, index) => {
      if (document === null) return;
      const read = readCustomResource(document);
      if ('kinds' in read) {
        for (const { kind, schema } of read.kinds) schemas.set(kind, schema);
        return;
      }
      for (const { pointer, message, hint } of read.problems) {
        const code = 'capability/invalid-crd';
        findings.push({ code, severity: 'error', message, hint, ...source.locate(pointer, 'key', index) });
      }
    });
  }
  return { schemas, findings };
}
