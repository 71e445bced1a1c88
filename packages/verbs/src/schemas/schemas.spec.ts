import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { jsonSchemas } from '@idp/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VerbResult } from '../verb.ts';
import { apps, cluster, index, pools, serve } from './testing/cluster.ts';
import { schemas } from './verb.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'idp-schemas-'));
  await promisify(execFile)('git', ['init', '--quiet', root]);
  await write('capabilities/pool/capability.yaml', 'spec: { objects: { kinds: [example.com/v1/Pool] } }\n');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}
const read = (path: string) => readFile(join(root, path), 'utf8');
const file = 'schemas/kubernetes.json';

function run(options: Readonly<Record<string, unknown>>): Promise<VerbResult> {
  return schemas.run(options, {
    cwd: root,
    now: () => new Date(0),
    randomBytes: (count) => new Uint8Array(count),
    progress: () => undefined,
  });
}
const brief = ({ exit, findings }: VerbResult) => [exit, ...findings.map(({ code, message }) => `${code}: ${message}`)];

describe('the formats of the tool', () => {
  const capability = 'schemas/capability.schema.json';

  it('are written anew where an older version wrote them, and nothing else is', async () => {
    await write(capability, '{}\n');
    await write(file, 'mine');
    const result = await run({});
    expect(brief(result)).toEqual([0]);
    expect(result.pretty({ colour: false })).toMatch(/^CREATE schemas\/platform[\s\S]*\nUPDATE schemas\/capability/);
    expect(await read(capability)).toBe(jsonSchemas().get(capability));
    expect(await read(file)).toBe('mine');
    expect((await run({})).summary).toEqual({ changed: 0, written: true });
  });

  it.each([{ capability: 'pool' }, { note: 'v1' }])('are not what %j asks for', async (options) => {
    expect(brief(await run(options))).toEqual([2, 'usage/option: --from is missing']);
  });
});

describe('the types of a cluster', () => {
  it('are read from its index, each group by its own address, and written in short', async () => {
    const { address, requests } = await serve(cluster);
    const result = await run({ from: `${address}/openapi/v3` });
    expect(brief(result)).toEqual([0]);
    expect(result.pretty({ colour: false })).toBe(
      `CREATE ${file}\n2 kinds of v1.30.5 in ${file}: what a cluster has not is refused from now on\n\nNext:\n  npx idp validate\n  npx idp check`,
    );
    expect(requests.map(({ url }) => url)).toEqual([
      '/openapi/v3',
      '/openapi/v3/apis/apps/v1?hash=1',
      '/openapi/v3/apis/example.com/v1?hash=2',
    ]);
    const written = JSON.parse(await read(file));
    expect(written.info).toEqual({
      title: 'Kubernetes',
      version: 'v1.30.5',
      'x-complete': true,
      'x-group-versions': ['apps/v1'],
    });
    expect(Object.keys(written.components.schemas)).toEqual([
      'com.example.v1.Pool',
      'io.k8s.api.apps.v1.Deployment',
      'io.k8s.api.apps.v1.DeploymentSpec',
      'io.k8s.apimachinery.pkg.api.resource.Quantity',
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
      'io.k8s.apimachinery.pkg.runtime.RawExtension',
      'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    ]);
    expect(await read(file)).not.toContain('description');
  });

  it('are the same the second time, and nothing is written', async () => {
    const { address } = await serve(cluster);
    await run({ from: `${address}/openapi/v3` });
    const again = await run({ from: `${address}/openapi/v3` });
    expect(again.summary).toEqual({ changed: 0, written: true });
  });

  it('are only said with --dry-run', async () => {
    const { address } = await serve(cluster);
    expect((await run({ from: `${address}/openapi/v3`, dryRun: true })).summary).toEqual({
      changed: 1,
      written: false,
    });
    await expect(read(file)).rejects.toThrow('ENOENT');
  });

  it('are read from one document, from a file and from a folder', async () => {
    const { address } = await serve(cluster);
    await run({ from: `${address}/openapi/v3/apis/apps/v1?hash=1` });
    const one = await read(file);
    expect(JSON.parse(one).info['x-complete']).toBe(false);
    await write('published/apps.json', JSON.stringify(apps));
    expect((await run({ from: 'published/apps.json' })).summary).toEqual({ changed: 0, written: true });
    expect((await run({ from: 'published' })).summary).toEqual({ changed: 0, written: true });
    await write('published/pools.json', JSON.stringify(pools));
    expect((await run({ from: 'published' })).summary).toEqual({ changed: 1, written: true });
  });

  it('are asked for with the token of the environment, which is never printed', async () => {
    vi.stubEnv('IDP_SCHEMAS_TOKEN', 'very-secret');
    const { address, requests } = await serve(cluster);
    const result = await run({ from: `${address}/openapi/v3` });
    expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer very-secret']));
    expect(JSON.stringify(result) + result.pretty({ colour: false }) + (await read(file))).not.toContain('very-secret');
  });

  it('need https when there is a token', async () => {
    vi.stubEnv('IDP_SCHEMAS_TOKEN', 'very-secret');
    expect(brief(await run({ from: 'http://cluster.example.com/openapi/v3' }))).toEqual([
      2,
      'usage/unreadable-schemas: a token is not sent over http: use https, or `kubectl proxy` without a token',
    ]);
  });
});

describe('a cluster that does not do its part', () => {
  it.each([
    [
      'is not allowed to be read',
      { '/openapi/v3': (response: ServerResponse) => response.writeHead(403).end() },
      'answered 403 Forbidden',
    ],
    [
      'redirects',
      { '/openapi/v3': (response: ServerResponse) => response.writeHead(302, { location: '/other' }).end() },
      'could not be reached: unexpected redirect',
    ],
    [
      'leads to another server',
      { '/openapi/v3': { paths: { 'apis/apps/v1': { serverRelativeURL: 'http://127.0.0.1:1/x' } } } },
      'leads to another server: http://127.0.0.1:1/x',
    ],
    [
      'has an index without addresses',
      { '/openapi/v3': { paths: { 'api/v1': {}, 'apis/apps/v1': { serverRelativeURL: '/x' } } } },
      'says no address of api/v1',
    ],
    ['lacks one of its documents', { '/openapi/v3': index }, 'answered 404 Not Found'],
    [
      'breaks off',
      {
        '/openapi/v3': (response: ServerResponse) =>
          void response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()),
      },
      'could not be reached: ',
    ],
  ])('%s', async (_, answers, message) => {
    const { address } = await serve(answers);
    const [exit, finding, ...more] = brief(await run({ from: `${address}/openapi/v3` }));
    expect({ exit, more }).toEqual({ exit: 5, more: [] });
    expect(finding).toContain(`remote/unreachable: ${address}`);
    expect(finding).toContain(message);
    await expect(read(file)).rejects.toThrow('ENOENT');
  });

  it('is not there', async () => {
    const [exit, finding] = brief(await run({ from: 'http://127.0.0.1:1/openapi/v3' }));
    expect(exit).toBe(5);
    expect(finding).toMatch(/^remote\/unreachable: http:\/\/127.0.0.1:1\/openapi\/v3 could not be reached: /);
  });

  it('answers with something else', async () => {
    const { address } = await serve({ '/openapi/v3': { hello: 'world' } });
    expect(brief(await run({ from: `${address}/openapi/v3` }))).toEqual([
      2,
      'usage/no-schemas: there is no kind of Kubernetes in what was read: it is no OpenAPI 3.0 document of a cluster',
    ]);
  });

  it('answers without an end', async () => {
    const endless = (response: ServerResponse) => {
      const chunk = Buffer.alloc(1_000_000, ' ');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
    const { address } = await serve({ '/openapi/v3': endless });
    expect(brief(await run({ from: `${address}/openapi/v3` }))).toEqual([
      5,
      `remote/unreachable: ${address}/openapi/v3 answered more than 32000000 bytes`,
    ]);
  });
});

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: pools.example.com }
spec:
  group: example.com
  names: { kind: Pool, plural: pools }
  scope: Namespaced
  versions:
    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { description: A pool, type: object } } }
    - { name: v2, served: true, storage: false, schema: { openAPIV3Schema: { type: object } } }
`;

describe('the definitions of a capability', () => {
  const written = 'capabilities/pool/crds/pools.example.com.yaml';

  it('are made short, with the versions that it renders, and say where they come from', async () => {
    await write('bundle.yaml', `kind: Deployment\n---\n${definition}`);
    const result = await run({
      from: 'bundle.yaml',
      capability: 'pool',
      note: 'Source: example.com v1.2.3 (Apache-2.0).',
    });
    expect(brief(result)).toEqual([0]);
    expect(
      await read(written),
    ).toBe(`# example.com/v1/Pool: what checks an object, made by \`idp schemas\` of the published definition.
# Source: example.com v1.2.3 (Apache-2.0).
{
 "apiVersion": "apiextensions.k8s.io/v1",
 "kind": "CustomResourceDefinition",
 "metadata": {"name":"pools.example.com"},
 "spec": {
  "group": "example.com",
  "names": {"kind":"Pool","plural":"pools"},
  "scope": "Namespaced",
  "versions": [{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]
 }
}
`);
  });

  it('come from an address too', async () => {
    const { address } = await serve({ '/crd.yaml': (response: ServerResponse) => response.end(definition) });
    expect(brief(await run({ from: `${address}/crd.yaml`, capability: 'pool' }))).toEqual([0]);
    expect(await read(written)).toContain('"kind":"Pool"');
  });

  it.each([
    ['a capability that is not there', definition, 'pol', 'usage/unknown-capability: there is no capability "pol"'],
    ['a way out of the folder', definition, '../pool', 'usage/unknown-capability: there is no capability "../pool"'],
    [
      'a file without definitions',
      'kind: Pod\n',
      'pool',
      'usage/no-schemas: there is no CustomResourceDefinition in what was read',
    ],
    [
      'a definition with a name that is a path',
      definition.replace('pools.example.com', '../../x'),
      'pool',
      'usage/no-schemas: "../../x" is no name of a CustomResourceDefinition',
    ],
    [
      'a definition that is broken',
      definition.replace('type: object }', 'typ: object }'),
      'pool',
      'usage/no-schemas: pools.example.com: "typ" is not a keyword of a structural schema',
    ],
  ])('are refused: %s', async (_, text, capability, finding) => {
    await write('crd.yaml', text);
    expect(brief(await run({ from: 'crd.yaml', capability }))).toEqual([2, finding]);
    await expect(read(written)).rejects.toThrow('ENOENT');
  });

  it('are refused: a file that is not there, or is no YAML', async () => {
    expect(brief(await run({ from: 'nothing.yaml', capability: 'pool' }))).toEqual([
      2,
      expect.stringMatching(/^usage\/unreadable-schemas: there is no file or folder .*nothing.yaml$/),
    ]);
    await write('crd.yaml', 'a: [');
    expect(brief(await run({ from: 'crd.yaml', capability: 'pool' }))).toEqual([
      2,
      expect.stringMatching(/^usage\/unreadable-schemas: .*crd.yaml cannot be read: /),
    ]);
  });
});
