import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { binding, policy } from '../testing/documents.ts';
import type { KnownKinds } from '../types/known-kinds.ts';
import { readPolicies } from './read-policies.ts';

const CONTAINERS = {
  type: 'array',
  items: { type: 'object', properties: { image: { type: 'string' }, name: { type: 'string' } } },
};
const POD = {
  type: 'object',
  properties: { containers: CONTAINERS, initContainers: CONTAINERS, hostNetwork: { type: 'boolean' } },
};
const SPECS: Readonly<Record<string, JsonObject>> = {
  Pod: POD,
  Deployment: {
    type: 'object',
    properties: {
      replicas: { type: 'integer' },
      strategy: { type: 'object', properties: { type: { type: 'string' } } },
      template: { type: 'object', properties: { spec: POD } },
    },
  },
};
const kinds: KnownKinds = {
  ofGroup: () =>
    Object.entries(SPECS).map(([kind, spec]) => ({
      group: 'apps',
      version: 'v1',
      kind,
      schema: () => ({
        type: 'object',
        properties: {
          spec,
          metadata: {
            type: 'object',
            properties: { labels: { type: 'object', additionalProperties: { type: 'string' } } },
          },
        },
      }),
      resolve: () => undefined,
    })),
  isComplete: () => true,
};

function mistakes(spec: JsonObject, resources = ['*']) {
  const matchConstraints = {
    resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['*'], resources }],
  };
  const { problems } = readPolicies([policy({ matchConstraints, ...spec }), binding()], { kinds });
  return problems.map(({ code, message, hint, offset, end, pointer }) => {
    expect(code).toBe('policy/unknown-field');
    return { message, hint, part: [offset, end], at: pointer.slice(1).join('/') };
  });
}
const validation = (expression: string, resources?: string[]) => mistakes({ validations: [{ expression }] }, resources);

describe('a field that nothing has', () => {
  it('is found on its own columns, with the nearest name', () => {
    expect(validation('object.spec.replicas > 1 && object.spec.replcas < 9', ['deployments'])).toEqual([
      {
        message: 'object.spec has no field "replcas"',
        hint: 'did you mean "replicas"?',
        part: [40, 47],
        at: 'validations/0/expression',
      },
    ]);
  });

  it.each([
    'has(object.spec.replcas)',
    'object.spec.?replcas.hasValue()',
    'object.?spec.?replcas.orValue(1) > 1',
    'oldObject.spec.replcas == 1',
    'object.spec.template.spec.containers.all(c, c.imagee.size() > 0)',
    'object.spec.template.spec.containers.map(c, c.imagee).exists(i, true)',
    'object.spec.template.spec.containers[0].imagee == ""',
    "(object.spec.template.spec.?initContainers.orValue([]) + object.spec.template.spec.containers).all(c, c.imagee != '')",
    '[object.spec.template.spec].exists(p, p.hostNetwrk)',
    'object.spec.?strategy.orValue({}).?typ.orValue("") == ""',
    '(object.kind == "Pod" ? object.spec : object.spec.template.spec).hostNetwrk == true',
    'object.spec.template.containers.size() == 0',
    'object.spec.template.spec.containers.image == ""',
  ])('%s', (expression) => {
    expect(validation(expression)).toHaveLength(1);
  });

  it.each([
    'object.spec.replicas == 1',
    // Kubernetes' objects are dynamic when a policy runs: these are no mistakes of fields.
    'object.spec.replicas == "1" || object.spec.replicas == null',
    'object.spec.template == null || object.spec.template == {}',
    'object.spec.?template.orValue({}).size() > 0',
    "object.metadata.labels['anything'] == '' || has(object.metadata.labels.other)",
    "'replcas' in object.spec",
    'object.status.whatever == 1',
    '(object.kind == "Pod" ? object.spec : object.spec.template.spec).hostNetwork == true',
    'object.kind == "Pod" ? has(object.spec.containers) : has(object.spec.replicas)',
    'dyn(object).spec.replcas == 1',
  ])('is none in %s', (expression) => {
    expect(validation(expression)).toEqual([]);
  });

  it('that some kind has is none, and one that only another kind has is', () => {
    expect(validation('object.spec.hostNetwork && object.spec.replicas > 1')).toEqual([]);
    expect(validation('object.spec.hostNetwork == true', ['deployments'])).toHaveLength(1);
  });

  it('is found through variables, and once', () => {
    const variables = [
      { name: 'spec', expression: 'object.spec.template.spec' },
      { name: 'containers', expression: 'variables.spec.containers' },
      { name: 'wrong', expression: 'variables.spec.contaners' },
      { name: 'images', expression: 'variables.wrong.map(c, c.imagee)' },
    ];
    const validations = [
      {
        expression: "variables.containers.all(c, c.imag != '')",
        messageExpression: 'string(variables.spec.hostNetwrk)',
      },
    ];
    expect(mistakes({ variables, validations }).map(({ at, message }) => [at, message])).toEqual([
      ['variables/2/expression', 'object.spec.template.spec has no field "contaners"'],
      ['validations/0/expression', expect.stringContaining('has no field "imag"')],
      ['validations/0/messageExpression', 'object.spec.template.spec has no field "hostNetwrk"'],
    ]);
  });
});

it('of the request and the namespace never compiles, as in a cluster', () => {
  for (const expression of ["request.opration == 'CREATE'", "namespaceObject.metadata.lables['a'] == ''"]) {
    const { problems } = readPolicies([policy({ validations: [{ expression }] }), binding()]);
    expect(problems).toMatchObject([{ code: 'policy/cel-error', hint: expect.stringMatching(/operation|labels/) }]);
  }
  const expression = "namespaceObject == null || namespaceObject.metadata.labels['a'] == request.kind.kind";
  expect(readPolicies([policy({ validations: [{ expression }] }), binding()]).problems).toEqual([]);
});
