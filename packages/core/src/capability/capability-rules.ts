import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { isKnownNamespaced } from '../render/cluster-scoped-kinds.ts';
import type { CapabilityDocument } from '../schema/capability.schema.ts';
import { schemaProblem } from '../schema/validator.ts';
import type { NodePart, Source } from '../source/source.ts';
import { type PathSchema, stepInto } from '../template/schema-path.ts';
import { parameterSchema } from './parameter-schema.ts';

interface PackageView {
  readonly folder: string;
  readonly files: readonly string[];
  readonly source: Source;
  readonly document: CapabilityDocument;
}

type CapabilityRule = (view: PackageView) => readonly Finding[];

/** What the schema of capability.yaml cannot say. */
export const capabilityRules: readonly CapabilityRule[] = [
  nameIsFolder,
  schemasAreSchemas,
  outputsHaveOneSource,
  variablesNameOutputs,
  clusterScopedKinds,
  fixedParameters,
  notSupportedYet,
];

function at(
  view: PackageView,
  code: string,
  pointer: Pointer,
  message: string,
  hint: string | undefined,
  part: NodePart = 'value',
): Finding {
  return {
    code,
    severity: 'error',
    message,
    ...(hint !== undefined && { hint }),
    ...view.source.locate(pointer, part),
  };
}

function nameIsFolder(view: PackageView): readonly Finding[] {
  const { name } = view.document.metadata;
  if (name === view.folder) return [];
  return [
    at(
      view,
      'capability/name',
      ['metadata', 'name'],
      `the capability is ${quote(name)}, but its folder is ${quote(view.folder)}`,
      'give both the same name',
    ),
  ];
}

function schemasAreSchemas(view: PackageView): readonly Finding[] {
  const { parameters, outputs } = view.document.spec;
  const schemas: readonly (readonly [Pointer, object])[] = [
    ...(parameters === undefined ? [] : [[['spec', 'parameters'], parameterSchema(view.document)] as const]),
    ...Object.entries(outputs ?? {}).map(
      ([name, output]) => [['spec', 'outputs', name, 'schema'], output.schema] as const,
    ),
  ];
  return schemas.flatMap(([pointer, schema]) => {
    const problem = schemaProblem(schema);
    return problem === undefined
      ? []
      : [
          at(
            view,
            'capability/invalid-schema',
            pointer,
            `this is not a JSON Schema: ${problem}`,
            'see json-schema.org, version 2020-12',
            'key',
          ),
        ];
  });
}

function outputsHaveOneSource(view: PackageView): readonly Finding[] {
  return Object.entries(view.document.spec.outputs ?? {}).flatMap(([name, { value, secret }]) =>
    (value === undefined) !== (secret === undefined)
      ? []
      : [
          at(
            view,
            'capability/output',
            ['spec', 'outputs', name],
            `the output ${quote(name)} needs either \`value\` or \`secret\``,
            'keep one of them',
            'key',
          ),
        ],
  );
}

function variablesNameOutputs(view: PackageView): readonly Finding[] {
  const outputs = Object.keys(view.document.spec.outputs ?? {});
  return Object.entries(view.document.spec.variables ?? {}).flatMap(([key, output]) =>
    outputs.includes(output)
      ? []
      : [
          at(
            view,
            'capability/variable',
            ['spec', 'variables', key],
            `${quote(output)} is not an output`,
            didYouMean(output, outputs),
          ),
        ],
  );
}

/** A kind in a namespace that is declared otherwise would land in `default`, and a Namespace is nobody's but the platform's. */
function clusterScopedKinds(view: PackageView): readonly Finding[] {
  return (view.document.spec.objects?.clusterScoped ?? []).flatMap((text, index): readonly Finding[] => {
    const parts = text.split('/');
    const [group, kind] = [parts.length > 2 ? (parts[0] ?? '') : '', parts.at(-1) ?? ''];
    const refuse = (message: string, hint: string): readonly Finding[] => [
      at(view, 'capability/cluster-scoped', ['spec', 'objects', 'clusterScoped', index], message, hint),
    ];
    if (group === '' && kind === 'Namespace')
      return refuse('the platform alone renders Namespaces', 'render what is inside the namespace of the service');
    return isKnownNamespaced({ group, kind })
      ? refuse(`the objects of ${quote(text)} are in namespaces`, 'declare it in `spec.objects.kinds`')
      : [];
  });
}

/** A misspelt name would protect nothing. */
function fixedParameters({ document, ...view }: PackageView): readonly Finding[] {
  const { spec } = document;
  return (['immutable', 'growOnly'] as const).flatMap((field) =>
    (spec[field] ?? []).flatMap((path, index): readonly Finding[] => {
      let schema: PathSchema = (spec.parameters ?? { properties: {} }) as Json;
      for (const name of path.split('.')) {
        const step = stepInto(schema, name);
        if (step.kind === 'unknown') {
          const hint = didYouMean(name, step.known) ?? 'declare it in `parameters`';
          const message = `${quote(path)} is not a parameter`;
          return [at({ document, ...view }, 'capability/fixed-parameter', ['spec', field, index], message, hint)];
        }
        schema = step.schema;
      }
      return [];
    }),
  );
}

/** What later versions will do is refused today: silence would be a promise. */
function notSupportedYet(view: PackageView): readonly Finding[] {
  const findings: Finding[] = [];
  const refuse = (what: string, pointer: Pointer | undefined, file?: string): void => {
    const message = `${what} not supported yet`;
    const hint = 'leave it out until this version of the tool knows it';
    if (pointer !== undefined) findings.push(at(view, 'capability/not-supported-yet', pointer, message, hint, 'key'));
    else
      findings.push({
        code: 'capability/not-supported-yet',
        severity: 'error',
        message,
        hint,
        path: `capabilities/${view.folder}/${file}`,
        line: 1,
        column: 1,
      });
  };
  for (const [folder, what] of [['migrations/', 'migrations are']] as const) {
    const file = view.files.find((candidate) => candidate.startsWith(folder));
    if (file !== undefined) refuse(what, undefined, file);
  }
  return findings;
}
