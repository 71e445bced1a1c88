import type { Capability } from '../capability/capability.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, Outcome } from '../finding/finding.ts';
import { type Json, property } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { serviceInterface, serviceOutputs } from '../resolve/service-interface.ts';
import { volumeCapability } from '../resolve/volume-capability.ts';
import { type SchemaProblem, schemaProblems } from '../schema/schema-problems.ts';
import { refusal } from './refusal.ts';

/** What `idp g add` is asked for. */
export interface AddOptions {
  readonly service: string;
  /** A resource capability, or one of the built-in types `environment`, `service` and `volume`. */
  readonly capability: string;
  /** The resource's name; default: the capability's. */
  readonly as?: string | undefined;
  readonly class?: string | undefined;
  /** For the type `service`: which one. */
  readonly id?: string | undefined;
  readonly params: { readonly [name: string]: Json };
}

/** Which variables a resource of this type gives, by output; checks the parameters on the way. */
export function resourceOffer(options: AddOptions, platform: Platform): Outcome<Readonly<Record<string, string>>> {
  if (options.capability === 'service') return serviceOffer(options, platform);
  if (options.capability === 'environment') return { value: {}, findings: [] };
  if (options.capability === volumeCapability.name)
    return { value: {}, findings: parameterFindings(volumeCapability, options) };
  const capability = platform.capabilities.get(options.capability);
  const names = [...platform.capabilities.values()]
    .filter(({ document }) => document.spec.provides === 'resource')
    .map((candidate) => candidate.name);
  if (capability === undefined || capability.document.spec.provides !== 'resource') {
    const broken = platform.brokenCapabilities.has(options.capability);
    const message = broken
      ? `the capability ${quote(options.capability)} has errors of its own`
      : `there is no capability ${quote(options.capability)} to add`;
    return {
      findings: [
        refusal(
          'unknown-capability',
          message,
          broken ? '`npx idp validate` shows them' : didYouMean(options.capability, names),
          'option:capability',
        ),
      ],
    };
  }
  const findings = [...parameterFindings(capability, options), ...classFindings(capability, options.class)];
  return { value: capability.document.spec.variables ?? {}, findings };
}

function serviceOffer(options: AddOptions, platform: Platform): Outcome<Readonly<Record<string, string>>> {
  const called = options.id ?? options.as ?? '';
  const other = platform.workloads.get(called);
  if (other === undefined || called === options.service) {
    const others = [...platform.workloads.keys()].filter((candidate) => candidate !== options.service);
    return {
      findings: [
        refusal(
          'unknown-service',
          `there is no other service ${quote(called)}`,
          didYouMean(called, others) ?? 'name it with --id',
          'option:id',
        ),
      ],
    };
  }
  const outputs = serviceOutputs(serviceInterface(other.workload), '');
  return { value: outputs.has('port') ? { HOST: 'host', PORT: 'port' } : { HOST: 'host' }, findings: [] };
}

function parameterFindings(capability: Capability, options: AddOptions): readonly Finding[] {
  const parameters = capability.document.spec.parameters ?? { properties: {}, additionalProperties: false };
  const { required: _, ...optional } = parameters as Readonly<Record<string, unknown>>;
  // What is required may still come from a class or the environment, and what a placeholder stands for is known
  // when it is rendered; everything else that is written has to be right now.
  const later = (name: unknown): boolean => {
    const value = property(options.params, String(name));
    return typeof value === 'string' && value.includes('${');
  };
  const schema = { type: 'object', additionalProperties: false, ...optional };
  return schemaProblems(schema, options.params)
    .filter(({ kind, pointer }) => kind !== 'wrong-value' || !later(pointer[0]))
    .map((problem) =>
      refusal(
        'parameter',
        `${capability.name}: ${problem.message}`,
        optionHint(problem, schema, options.params),
        `option:${String(problem.pointer[0] ?? '')}`,
      ),
    );
}

/** Hints about quotes are for YAML: on a command line a shell takes them away, so that what they advise changes nothing. */
function optionHint(
  { hint, pointer }: SchemaProblem,
  schema: object,
  params: AddOptions['params'],
): string | undefined {
  const [name = '', ...inner] = pointer.map(String);
  const value = property(params, name);
  if (inner.length > 0 || value === undefined) return hint;
  if (typeof value === 'string')
    return hint === 'write the number without quotes' ? `write a number, such as \`--${name}=1\`` : hint;
  const text = String(value);
  const asText = schemaProblems(schema, { ...params, [name]: text });
  // What begins with a quote is read as JSON.
  return asText.some((other) => String(other.pointer[0]) === name) ? hint : `write \`--${name}='"${text}"'\``;
}

function classFindings(capability: Capability, name: string | undefined): readonly Finding[] {
  const classes = Object.keys(capability.document.spec.classes ?? {});
  if (name === undefined || classes.includes(name)) return [];
  return [
    refusal(
      'class',
      `${capability.name} has no class ${quote(name)}`,
      didYouMean(name, classes) ?? 'leave --class out',
      'option:class',
    ),
  ];
}
