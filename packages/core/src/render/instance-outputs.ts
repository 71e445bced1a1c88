import { type Capability, type OutputTemplate, versioned } from '../capability/capability.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import { positionOf } from '../provenance/origin.ts';
import { type Traced, toJson, traceJson } from '../provenance/traced.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import { compiledTemplate } from '../template/compile-template.ts';
import { EvaluationError } from '../template/evaluation-error.ts';
import { renderText } from '../template/render-text.ts';
import type { OutputResult } from './output-result.ts';
import type { PlaceholderValue } from './secret-value.ts';

/** Outputs that are made already, by name: what an output is made of says for whom it is the same. */
export interface MadeOutputs {
  /** Of `service` and `instance` alone: in all targets. */
  readonly ofInstance: Map<string, OutputResult>;
  /** Of `params` alone: of all instances that have the same. */
  readonly ofParameters: Map<string, OutputResult>;
}

/**
 * What consumers may write as `${resources.<name>.<output>}`, for one instance in one target.
 *
 * @param made is asked before anything is made, and gets what is made
 * @param context what the instance's templates see; asked for when something has to be made
 */
export function instanceOutputs(
  capability: Capability,
  made: MadeOutputs,
  context: () => Traced,
): { readonly outputs: ReadonlyMap<string, PlaceholderValue>; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const outputs = new Map<string, PlaceholderValue>();
  for (const [name, output] of capability.outputs) {
    const same = sameFor(output);
    const shared = same === 'target' ? undefined : made[same];
    const result = shared?.get(name) ?? outputResult(capability, name, output, context());
    shared?.set(name, result);
    if (result.value !== undefined) outputs.set(name, result.value);
    for (const finding of result.findings) findings.push(finding);
  }
  return { outputs, findings };
}

const knownSame = new WeakMap<OutputTemplate, keyof MadeOutputs | 'target'>();

function sameFor(output: OutputTemplate): keyof MadeOutputs | 'target' {
  const known = knownSame.get(output);
  if (known !== undefined) return known;
  const templates = output.kind === 'value' ? [output.value] : [output.name, output.key];
  const roots = templates.flatMap((template) => compiledTemplate(template).reads.map(([root]) => root));
  const ofInstance = roots.every((root) => root === 'service' || root === 'instance');
  const same = ofInstance ? 'ofInstance' : roots.every((root) => root === 'params') ? 'ofParameters' : 'target';
  knownSame.set(output, same);
  return same;
}

function outputResult(capability: Capability, name: string, output: OutputTemplate, context: Traced): OutputResult {
  try {
    const value = outputValue(capability, name, output, context);
    return { value, findings: valueFindings(capability, name, output, value) };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const finding: Finding = {
      code: error.code,
      severity: 'error',
      message: `the output ${quote(name)}: ${error.message}`,
      hint: error.hint ?? 'give the parameter a default',
      ...error.position,
    };
    return { findings: [finding] };
  }
}

function outputValue(capability: Capability, name: string, output: OutputTemplate, context: Traced): PlaceholderValue {
  const origin = { kind: 'source' as const, source: capability.source, pointer: ['spec', 'outputs', name] };
  if (output.kind === 'secret')
    return { kind: 'secret', name: renderText(output.name, context), key: renderText(output.key, context), origin };
  return {
    kind: 'value',
    node: traceJson(typed(renderText(output.value, context), output.schema['type']), () => origin),
  };
}

/** A capability keeps what the schemas of its outputs promise. */
function valueFindings(
  capability: Capability,
  name: string,
  output: OutputTemplate,
  value: PlaceholderValue,
): readonly Finding[] {
  if (value.kind === 'secret') return [];
  const { origin } = value.node;
  const written = toJson(value.node);
  return schemaProblems(output.schema, written)
    .slice(0, 1)
    .map((problem) => ({
      code: 'render/output-value',
      severity: 'error',
      message: `${versioned(capability)}: the output ${quote(name)} is ${JSON.stringify(written)}: ${problem.message}`,
      hint: 'mend its `value` or its `schema`',
      ...positionOf(origin),
    }));
}

/** An output's template prints text; its schema says what is meant, a map or a list as JSON. */
function typed(text: string, type: unknown): Json {
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return type === 'array' || type === 'object' ? parsed(text) : text;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
