import type { Capability } from '../capability/capability.ts';
import { versioned } from '../capability/capability.ts';
import { parameterSchema } from '../capability/parameter-schema.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import { mergeTraced } from '../provenance/merge.ts';
import { type Origin, passedThrough, positionOf } from '../provenance/origin.ts';
import { descend, isList, isMap, nearestNode, Traced, toJson, traceJson } from '../provenance/traced.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import type { OutputResult } from './output-result.ts';
import { resolveString } from './resolve-string.ts';
import type { Lookup } from './secret-value.ts';
import { withDefaults } from './with-defaults.ts';

export interface ParameterInput {
  readonly capability: Capability;
  /** `resources.<name>.params` of the effective Score document. */
  readonly written: Traced | undefined;
  readonly class: Traced | undefined;
  readonly values: Traced;
  readonly lookup: Lookup;
  /** Where the resource itself is written, for what is missing altogether. */
  readonly place: Origin;
}

/** The parameters of one instance, and what is wrong with them. */
export interface Parameters {
  readonly params: Traced;
  readonly findings: readonly Finding[];
  /** A value that a parameter names is not known: what comes of it is not judged. */
  readonly unresolved: boolean;
  /** The outputs that are made of these parameters alone, as far as they are made: of all who have the same. */
  readonly outputs: Map<string, OutputResult>;
}

/**
 * The parameters of one instance: schema default < environment values that the capability maps < class <
 * what Score and its override say (design, section 4), validated by the capability's schema.
 */
export function parametersOf(input: ParameterInput, latest = new LatestParameters()): Parameters {
  const { capability, written, class: named, place } = input;
  const { mapped, right } = knownOf(capability);
  const fromEnvironment = mapped.map(([, path]) => descend(input.values, path));
  const inputs = [capability, written, named, place, ...fromEnvironment];
  const same = latest.of(inputs);
  if (same !== undefined) return same;
  const key = keyOf([named, written, ...fromEnvironment]);
  const known = key === undefined ? undefined : right.get(key);
  const made = known === undefined ? makeParameters(input) : new RightParameters(input, known);
  if (key === undefined || made.findings.length > 0) return made;
  if (known === undefined && right.size < maxKnown) right.set(key, made.outputs);
  latest.keep(inputs, made);
  return made;
}

/** The last right parameters of one instance: where a target has all that they are made of, they are the same nodes. */
export class LatestParameters {
  private inputs: readonly unknown[] = [];
  private made: Parameters | undefined;

  of(inputs: readonly unknown[]): Parameters | undefined {
    return inputs.length === this.inputs.length && inputs.every((input, index) => input === this.inputs[index])
      ? this.made
      : undefined;
  }

  keep(inputs: readonly unknown[], made: Parameters): void {
    this.inputs = inputs;
    this.made = made;
  }
}

/** What is the same for all instances of a capability. */
interface KnownOfCapability {
  /** Thousands of services say the same few things: what was right once is not judged again. */
  readonly right: Map<string, Parameters['outputs']>;
  /** Parameters that come from the environment, with the way to the value. */
  readonly mapped: readonly (readonly [string, readonly string[]])[];
  readonly classes: Map<string, Traced>;
  readonly defaults: Map<string, Traced>;
}

const knownOfCapabilities = new WeakMap<Capability, KnownOfCapability>();
const maxKnown = 10_000;

function knownOf(capability: Capability): KnownOfCapability {
  const before = knownOfCapabilities.get(capability);
  if (before !== undefined) return before;
  const { fromEnvironment } = capability.document.spec;
  const mapped = Object.entries(fromEnvironment ?? {}).map(([name, path]) => [name, path.split('.').slice(1)] as const);
  const known = { right: new Map(), mapped, classes: new Map(), defaults: new Map() };
  knownOfCapabilities.set(capability, known);
  return known;
}

/** All that parameters are made of. A `$` may be a placeholder, whose value is somebody else's. */
function keyOf(nodes: readonly (Traced | undefined)[]): string | undefined {
  const key = JSON.stringify(nodes.map((node) => (node === undefined ? [] : [toJson(node)])));
  return key.includes('$') ? undefined : key;
}

/** Parameters that are known to be right: who only wants to know that never has them made. */
class RightParameters implements Parameters {
  readonly findings = [];
  readonly unresolved = false;
  readonly outputs: Parameters['outputs'];
  private readonly input: ParameterInput;
  private made: Traced | undefined;

  constructor(input: ParameterInput, outputs: Parameters['outputs']) {
    this.input = input;
    this.outputs = outputs;
  }

  get params(): Traced {
    this.made ??= merged(this.input, [], new Set());
    return this.made;
  }
}

function makeParameters(input: ParameterInput): Parameters {
  const { capability } = input;
  const findings: Finding[] = [];
  const unresolved = new Set<Traced>();
  const complete = merged(input, findings, unresolved);
  for (const problem of schemaProblems(parameterSchema(capability.document), toJson(complete))) {
    const node = descend(complete, problem.pointer);
    // The broken reference has its finding already; what is wrong with the stopgap in its place would be false.
    if (node !== undefined && problem.part === 'value' && holds(node, unresolved)) continue;
    const { origin } = node ?? nearestNode(complete, problem.pointer);
    const key =
      problem.part === 'key' && origin.kind === 'source'
        ? origin.source.locate(origin.pointer, 'key', origin.document)
        : positionOf(origin);
    const related = passedThrough(origin);
    findings.push({
      code: `resolve/parameter-${problem.kind}`,
      severity: 'error',
      message: `${versioned(capability)}: ${problem.message}`,
      ...(problem.hint !== undefined && { hint: problem.hint }),
      ...(related.length > 0 && { related }),
      ...key,
    });
  }
  return { params: complete, findings, unresolved: unresolved.size > 0, outputs: new Map() };
}

/** The layers on top of each other, placeholders replaced and defaults filled in. */
function merged(input: ParameterInput, findings: Finding[], unresolved: Set<Traced>): Traced {
  const { capability, written, place } = input;
  const { mapped, defaults } = knownOf(capability);
  const fromEnvironment = new Map<string, Traced>();
  for (const [name, path] of mapped) {
    const value = descend(input.values, path);
    if (value !== undefined) fromEnvironment.set(name, value);
  }
  let params = new Traced(fromEnvironment, place);
  const preset = classOf(input, findings);
  if (preset !== undefined) params = mergeTraced(params, preset);
  if (written !== undefined)
    params = mergeTraced(params, withPlaceholders(written, { lookup: input.lookup, findings, unresolved }));
  return withDefaults(params, {
    schema: (capability.document.spec.parameters ?? {}) as Json,
    made: defaults,
    origin: (pointer) => ({ kind: 'source', source: capability.source, pointer: ['spec', 'parameters', ...pointer] }),
  });
}

function classOf({ capability, class: written }: ParameterInput, findings: Finding[]): Traced | undefined {
  const name = written?.content;
  if (written === undefined || typeof name !== 'string') return undefined;
  const classes = capability.document.spec.classes ?? {};
  const preset = Object.hasOwn(classes, name) ? classes[name] : undefined;
  if (preset !== undefined) {
    const { classes: made } = knownOf(capability);
    const known =
      made.get(name) ??
      traceJson(preset as Json, (pointer) => ({
        kind: 'source',
        source: capability.source,
        pointer: ['spec', 'classes', name, ...pointer],
      }));
    made.set(name, known);
    return known;
  }
  const none = `${capability.name} names no classes: leave \`class\` out, or add it to its \`spec.classes\``;
  const hint = didYouMean(name, Object.keys(classes)) ?? none;
  findings.push({
    code: 'resolve/unknown-class',
    severity: 'error',
    message: `${capability.name} has no class ${quote(name)}`,
    hint,
    ...positionOf(written.origin),
  });
  return undefined;
}

interface Placeholders {
  readonly lookup: Lookup;
  readonly findings: Finding[];
  /** Gets the strings that name something whose value is not known. */
  readonly unresolved: Set<Traced>;
}

/** Looks up the placeholders of all strings. A secret cannot become a parameter: it would be rendered in clear text. */
function withPlaceholders(node: Traced, into: Placeholders): Traced {
  if (isMap(node)) {
    const entries = new Map<string, Traced>();
    let same = true;
    for (const [key, value] of node.content) {
      const replaced = withPlaceholders(value, into);
      same &&= replaced === value;
      entries.set(key, replaced);
    }
    return same ? node : new Traced(entries, node.origin);
  }
  if (isList(node)) {
    const items = node.content.map((item) => withPlaceholders(item, into));
    return items.every((item, index) => item === node.content[index]) ? node : new Traced(items, node.origin);
  }
  if (typeof node.content !== 'string') return node;
  let known = true;
  const resolved = resolveString(node, (path) => {
    const value = into.lookup(path);
    if (value === undefined) known = false;
    return value;
  });
  const stands = resolved.kind === 'node' ? resolved.node : new Traced('', node.origin);
  if (!known || resolved.kind !== 'node') into.unresolved.add(stands);
  if (resolved.kind !== 'node')
    into.findings.push({
      code: 'render/secret-not-expressible',
      severity: 'error',
      message: 'a secret cannot be a parameter: it would stand in a manifest in clear text',
      hint: 'use it in a variable, a command or an argument of a container',
      ...positionOf(node.origin),
    });
  return stands;
}

/** Whether a value is one of the nodes, or has one of them inside. */
function holds(node: Traced, nodes: ReadonlySet<Traced>): boolean {
  if (nodes.size === 0) return false;
  if (nodes.has(node)) return true;
  if (isMap(node)) return [...node.content.values()].some((value) => holds(value, nodes));
  return isList(node) && node.content.some((item) => holds(item, nodes));
}
