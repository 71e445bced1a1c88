import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

const reference = (name: string) => ({
  allOf: [{ $ref: `#/components/schemas/${name}` }],
  default: {},
  description: 'x',
});
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const info = { title: 'Kubernetes', version: 'v1.30.5' };
const gvk = (group: string, version: string, kind: string) => ({
  'x-kubernetes-group-version-kind': [{ group, version, kind }],
});
const common = {
  [meta]: {
    description: 'ObjectMeta is metadata that all persisted resources must have.',
    type: 'object',
    properties: {
      name: { type: 'string' },
      namespace: { type: 'string' },
      labels: { type: 'object', additionalProperties: { default: '', type: 'string' } },
    },
  },
};

/** `/openapi/v3/apis/apps/v1` in short: as an API server writes it, descriptions and zero values and all. */
export const apps = {
  openapi: '3.0.0',
  info,
  paths: { '/apis/apps/v1/': {} },
  components: {
    schemas: {
      ...common,
      'io.k8s.api.apps.v1.Deployment': {
        type: 'object',
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: reference(meta),
          spec: reference('io.k8s.api.apps.v1.DeploymentSpec'),
        },
        ...gvk('apps', 'v1', 'Deployment'),
      },
      'io.k8s.api.apps.v1.DeploymentList': {
        type: 'object',
        properties: { items: { type: 'array', items: reference('io.k8s.api.apps.v1.Deployment') } },
        ...gvk('apps', 'v1', 'DeploymentList'),
      },
      'io.k8s.api.apps.v1.DeploymentSpec': {
        type: 'object',
        required: ['paused'],
        properties: {
          replicas: { type: 'integer', format: 'int32' },
          paused: { type: 'boolean', default: false },
          memory: reference('io.k8s.apimachinery.pkg.api.resource.Quantity'),
          surge: reference('io.k8s.apimachinery.pkg.util.intstr.IntOrString'),
          strategy: { type: 'string', enum: ['Recreate', 'RollingUpdate'] },
          raw: reference('io.k8s.apimachinery.pkg.runtime.RawExtension'),
        },
      },
      'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
      'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {
        format: 'int-or-string',
        oneOf: [{ type: 'integer' }, { type: 'string' }],
      },
      'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object', description: 'anything' },
      'io.k8s.api.apps.v1.NobodyUsesIt': { type: 'object' },
    },
  },
};

/** A custom resource as its cluster publishes it. */
export const pools = {
  openapi: '3.0.0',
  info,
  paths: {},
  components: {
    schemas: {
      ...common,
      'com.example.v1.Pool': {
        type: 'object',
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: reference(meta),
          spec: {
            type: 'object',
            required: ['size', 'mode'],
            properties: { size: { type: 'integer', minimum: 1 }, mode: { type: 'string', default: 'fast' } },
          },
        },
        ...gvk('example.com', 'v1', 'Pool'),
      },
    },
  },
};

export const index = {
  paths: {
    '.well-known/openid-configuration': { serverRelativeURL: '/openapi/v3/.well-known/openid-configuration?hash=0' },
    'apis/apps/v1': { serverRelativeURL: '/openapi/v3/apis/apps/v1?hash=1' },
    'apis/example.com/v1': { serverRelativeURL: '/openapi/v3/apis/example.com/v1?hash=2' },
  },
};

export type Answers = Readonly<Record<string, unknown>>;

/** What a cluster answers, by path with its query. */
export const cluster: Answers = {
  '/openapi/v3': index,
  '/openapi/v3/apis/apps/v1?hash=1': apps,
  '/openapi/v3/apis/example.com/v1?hash=2': pools,
};

interface Served {
  readonly address: string;
  readonly requests: readonly { readonly url: string; readonly authorization: string | undefined }[];
}

/** A server on loopback that gives these answers; a function answers by itself. */
export async function serve(answers: Answers): Promise<Served> {
  const requests: { url: string; authorization: string | undefined }[] = [];
  const server: Server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? '';
    requests.push({ url, authorization: request.headers.authorization });
    const answer = answers[url];
    if (typeof answer === 'function') answer(response);
    else if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}
