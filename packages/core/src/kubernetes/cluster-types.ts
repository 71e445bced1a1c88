import { decodeText } from '../digest/text.ts';
import type { Finding } from '../finding/finding.ts';
import { isObject, type Json, type JsonObject, property, stringOf } from '../json/json.ts';
import { clusterSchemasFile } from '../layout/paths.ts';
import { applyDefaults } from './apply-defaults.ts';
import type { Check } from './check.ts';
import { SchemaCompiler } from './compile-schema.ts';
import { strings } from './keywords.ts';
import { isBuiltInType, openApiTypes } from './open-api-types.ts';
import type { TypeDefinitions } from './type-definitions.ts';

/** A whole cluster with many operators has less than half of it. */
const maxBytes = 16_000_000;
/** Deeper, nothing is a schema; and to walk it would take more stack than there is. */
const maxDepth = 200;

interface Read {
  readonly types: TypeDefinitions;
  readonly version: string;
  readonly complete: boolean;
  readonly groupVersions: ReadonlySet<string>;
  readonly problem: string | undefined;
}

const nothing: Read = {
  types: { kinds: new Map(), definition: () => undefined },
  version: '',
  complete: false,
  groupVersions: new Set(),
  problem: undefined,
};

/** What the organisation's own cluster published (`idp schemas`), in schemas/kubernetes.json; read when it is first needed. */
export class ClusterTypes {
  private readonly bytes: () => Uint8Array | undefined;
  private made: Read | undefined;
  private compiler: SchemaCompiler | undefined;
  private readonly checks = new Map<string, Check>();

  constructor(bytes: () => Uint8Array | undefined) {
    this.bytes = bytes;
  }

  get findings(): readonly Finding[] {
    const { problem } = this.read();
    if (problem === undefined) return [];
    const hint = 'make it again: `npx idp schemas --from=<address of the cluster>/openapi/v3`';
    const place = { path: clusterSchemasFile, line: 1, column: 1 };
    return [{ code: 'kubernetes/invalid-schemas', severity: 'error', message: problem, hint, ...place }];
  }

  get version(): string {
    return this.read().version;
  }

  get kinds(): Iterable<string> {
    return this.read().types.kinds.keys();
  }

  /** The schemas in it. */
  get definitions(): TypeDefinitions {
    return this.read().types;
  }

  /** Whether the file decides over what is in this `apiVersion`: what it does not have then does not exist. */
  covers(apiVersion: string): boolean {
    const { complete, groupVersions } = this.read();
    return complete || groupVersions.has(apiVersion);
  }

  find(kind: string): Check | undefined {
    const { types } = this.read();
    const name = types.kinds.get(kind);
    if (name === undefined) return undefined;
    this.compiler ??= new SchemaCompiler(types);
    const check = this.compiler.type(name);
    if (isBuiltInType(name)) return check;
    const known = this.checks.get(kind);
    if (known !== undefined) return known;
    const schema = types.definition(name) ?? {};
    const look: Check = (node, run) => check(applyDefaults(node, schema), run);
    const withDefaults: Check = (node, run) => run.once(node, look);
    this.checks.set(kind, withDefaults);
    return withDefaults;
  }

  private read(): Read {
    this.made ??= readFile(this.bytes());
    return this.made;
  }
}

function readFile(bytes: Uint8Array | undefined): Read {
  if (bytes === undefined) return nothing;
  const refuse = (problem: string): Read => ({ ...nothing, problem });
  if (bytes.length > maxBytes) return refuse(`${bytes.length} bytes are more than ${maxBytes}`);
  const text = decodeText(bytes);
  const document = text === undefined ? undefined : parse(text);
  const schemas = property(property(document, 'components'), 'schemas');
  if (document === undefined || !isObject(schemas)) return refuse('this is no OpenAPI document in JSON');
  if (isDeep(document, maxDepth)) return refuse(`nested deeper than ${maxDepth} levels`);
  return readSchemas(document, schemas);
}

function readSchemas(document: Json, schemas: JsonObject): Read {
  const types = openApiTypes(schemas);
  const info = property(document, 'info');
  return {
    types,
    version: stringOf(property(info, 'version')) ?? '',
    complete: property(info, 'x-complete') === true,
    groupVersions: new Set(strings(property(info, 'x-group-versions'))),
    problem: types.kinds.size === 0 ? 'there is no kind in it' : undefined,
  };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isDeep(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner: Json) => isDeep(inner, levels - 1));
}
