import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../finding/finding.ts';
import { evaluatePlatform } from '../../platform/evaluate-platform.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import { mintFrom } from '../../resolve/mint.ts';
import { jsonSchemas } from '../../schema/json-schemas.ts';
import { literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { planCapability } from '../capability/plan-capability.ts';
import type { ScoreFile } from './init-options.ts';
import { filesNamedBy } from './named-files.ts';
import { planInit } from './plan-init.ts';

const shop = `apiVersion: score.dev/v1b1
metadata:
  name: shop
containers:
  web:
    image: ghcr.io/example/shop:1.2.3
    variables:
      CONNECTION: postgresql://\${resources.db.username}:\${resources.db.password}@\${resources.db.host}:\${resources.db.port}/\${resources.db.name}
      ADDRESS: https://\${resources.dns.host}
resources:
  db:
    type: postgres
    params:
      extensions: [pgcrypto]
  dns:
    type: dns
`;
const scoreFile = (text: string | undefined, path = 'score.yaml'): ScoreFile => ({ path, text });

function init(scores: readonly ScoreFile[], snapshot: Snapshot = literalSnapshot({}), owner = 'team-shop') {
  let byte = 0;
  const mint = mintFrom((count) => Uint8Array.from({ length: count }, () => (byte = (byte + 37) % 256)));
  const { value, findings } = planInit(snapshot, { name: 'acme', owner, scores }, mint);
  const after = overlaySnapshot(snapshot, value?.changes ?? []);
  return { value, findings, after, paths: (value?.changes ?? []).map(({ path }) => path) };
}

const errorsOf = (after: Snapshot) =>
  evaluatePlatform(loadPlatform(after)).findings.filter(
    ({ severity }) => severity !== 'info' && severity !== 'warning',
  );

describe('a new platform', () => {
  it('is valid without a service', () => {
    const { after, findings, paths } = init([]);
    expect(findings).toEqual([]);
    expect(errorsOf(after)).toEqual([]);
    expect(paths).toEqual(expect.arrayContaining(['idp.yaml', 'catalog/teams.yaml', 'environments/dev.yaml']));
    expect([...loadPlatform(after).environments.keys()]).toEqual(['dev', 'staging', 'prod']);
  });

  it('has a service for each Score file, which stays as it is byte for byte, and renders', () => {
    const { after } = init([scoreFile(shop)]);
    expect(new TextDecoder().decode(after.read('services/shop/score.yaml'))).toBe(shop);
    expect(errorsOf(after)).toEqual([]);
    const [service] = evaluatePlatform(loadPlatform(after)).services;
    expect([...(service?.trees.keys() ?? [])]).toEqual(['dev', 'staging', 'prod']);
  });

  it('says how to get a template, until there is one', () => {
    const { value, after } = init([]);
    const step = 'npx idp g capability web --owner=team-shop --provides=workload';
    expect(value?.nextSteps.join('\n')).toContain(step);
    const made = planCapability(after, { name: 'web', owner: 'team-shop', provides: 'workload', kind: 'v1/ConfigMap' });
    const templated = overlaySnapshot(after, made.value?.changes ?? []);
    expect(init([scoreFile(shop)], templated).value?.nextSteps.join('\n')).not.toContain(step);
  });

  it('names those who ask for a type in a whole sentence', () => {
    const text = (scores: readonly ScoreFile[]) =>
      new TextDecoder().decode(init(scores).after.read('capabilities/dns/capability.yaml'));
    expect(text([scoreFile(shop)])).toContain('from what shop asks of the type dns');
    const other = scoreFile(shop.replace('name: shop', 'name: other'), 'z.yaml');
    expect(text([scoreFile(shop), other])).toContain('from what other, shop ask of the type dns');
  });

  it('has a skeleton for each type that is missing, with the parameters and outputs that are used', () => {
    const { after } = init([scoreFile(shop)]);
    const postgres = loadPlatform(after).capabilities.get('postgres');
    expect([...(postgres?.outputs.keys() ?? [])]).toEqual(['host', 'name', 'password', 'port', 'username']);
    expect(postgres?.outputs.get('password')?.kind).toBe('secret');
    expect(Object.keys(Object(postgres?.document.spec.parameters?.['properties']))).toEqual(['extensions']);
  });

  it('has a skeleton that knows the classes that are picked', () => {
    const classy = shop.replace('type: postgres', 'type: postgres\n    class: large');
    const { after } = init([scoreFile(classy)]);
    expect(errorsOf(after)).toEqual([]);
    expect(Object.keys(loadPlatform(after).capabilities.get('postgres')?.document.spec.classes ?? {})).toEqual([
      'large',
    ]);
    expect(new TextDecoder().decode(after.read('capabilities/dns/capability.yaml'))).not.toContain('classes:');
    const hostile = init([scoreFile(shop.replace('type: dns', 'type: dns\n    class: __proto__'))]).after;
    expect([...loadPlatform(hostile).capabilities.keys()]).toContain('dns');
  });

  it('takes the files along that a Score file puts into containers', () => {
    const text = shop.replace(
      '    variables:',
      '    files: { /a: { source: ./conf/a.txt }, /b: { source: b.txt }, /c: { source: "../c" } }\n    variables:',
    );
    expect(filesNamedBy(text)).toEqual(['conf/a.txt', 'b.txt']);
    const { after, paths } = init([{ ...scoreFile(text), files: new Map([['conf/a.txt', 'A\n']]) }]);
    expect(paths).toContain('services/shop/conf/a.txt');
    expect(errorsOf(after).map(({ message }) => message)).toEqual([
      'shop has no lock',
      'there is no file "services/shop/b.txt"',
      expect.stringContaining('it leaves the folder'),
    ]);
  });

  it.each([
    'score.yaml',
    'catalog-info.yml',
    './.idp/lock.yaml',
    'environments/dev.yaml',
    '../a',
    '/a',
    'Dockerfile',
    'Containerfile',
    'images/worker.dockerfile',
  ])('takes no file along that is none of the service: %s', (source) => {
    expect(
      filesNamedBy(shop.replace('    variables:', `    files: [{ target: /a, source: ${source} }]\n    variables:`)),
    ).toEqual([]);
  });

  it('leaves a file where it is whose name cannot be written, and takes the others', () => {
    const files = new Map([
      ['aux.txt', ''],
      ['a', ''],
      ['a/b', ''],
      ['A', ''],
    ]);
    const { findings, paths } = init([{ ...scoreFile(shop), files }]);
    expect(findings).toEqual([]);
    expect(paths.filter((path) => /^services\/shop\/a/i.test(path))).toEqual(['services/shop/a']);
  });

  it('has the schema that each of its files names for editors', () => {
    const { after } = init([scoreFile(shop)]);
    const files = ['idp.yaml', 'environments/dev.yaml', 'capabilities/dns/capability.yaml'];
    for (const path of files) {
      const text = new TextDecoder().decode(after.read(path));
      const named = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text)?.[1] ?? expect.fail(path);
      const found = new URL(named, `file:///${path}`).pathname.slice(1);
      expect([...jsonSchemas().keys()]).toContain(found);
      expect(new TextDecoder().decode(after.read(found))).toBe(jsonSchemas().get(found));
    }
  });

  it('is changed by no second run, and completed by one with more files', () => {
    const { after } = init([scoreFile(shop)]);
    expect(init([scoreFile(shop)], after).paths).toEqual([]);
    const more = [scoreFile(shop), scoreFile(shop.replace('name: shop', 'name: other'), 'other.yaml')];
    expect(init(more, after).paths).toEqual([
      'services/other/score.yaml',
      'services/other/catalog-info.yaml',
      'services/other/.idp/lock.yaml',
    ]);
  });
});

describe('what cannot be taken over is left out, with a place and a way out', () => {
  it.each([
    ['a name that is none', shop.replace('name: shop', 'name: Shop_1'), /^left out: "Shop_1" cannot be the name/],
    ['no name', shop.replace('  name: shop', '  title: shop'), /^left out: it has no `metadata\.name`/],
    ['broken YAML', `${shop}\n  - [`, /^left out: /],
    ['a name that Windows keeps', shop.replace('name: shop', 'name: aux'), /^left out: "aux" is a name that Windows/],
    ['no version', 'a: [', /^left out: /],
    ['another version', shop.replace('v1b1', 'v9'), /^left out: it does not say `apiVersion: score.dev\/v1b1`/],
    ['what is no text', undefined, /^left out: it cannot be read as text/],
    ['the name of another', shop, /^left out: a\.yaml is named "shop" too/],
  ])('%s', (_name, text, message) => {
    const { findings, paths } = init([scoreFile(shop, 'a.yaml'), scoreFile(text, 'b.yaml')]);
    expect(findings).toMatchObject([
      {
        code: 'scaffold/left-out',
        severity: 'warning',
        path: 'b.yaml',
        message: expect.stringMatching(message),
        hint: expect.any(String),
      },
    ]);
    expect(paths.filter((path) => path.endsWith('/score.yaml'))).toEqual(['services/shop/score.yaml']);
  });

  it('a service that is there already and differs', () => {
    const { after } = init([scoreFile(shop)]);
    const changed = [scoreFile(`${shop}# changed\n`), scoreFile(shop.replace('name: shop', 'name: other'), 'z.yaml')];
    const { findings, paths } = init(changed, after);
    expect(findings).toMatchObject([{ message: expect.stringContaining('services/shop/score.yaml is there already') }]);
    expect(paths).not.toContain('services/shop/score.yaml');
  });

  it('a type that cannot be the name of a capability', () => {
    const { findings, paths } = init([scoreFile(shop.replace('type: dns', 'type: ../../dns'))]);
    expect(findings).toMatchObject([{ code: 'scaffold/left-out', message: expect.stringContaining('"../../dns"') }]);
    expect(paths.filter((path) => path.includes('..'))).toEqual([]);
  });

  it('is an error when nothing is left', () => {
    const { findings, value } = init([scoreFile('a: [')]);
    expect([hasErrors(findings), value]).toEqual([true, undefined]);
  });
});

it.each(['', 'Team', 'a b', '../x', 'x\nkind: Pod', 'a'.repeat(60)])(
  'refuses %j as an owner, before anything is written',
  (owner) => {
    const { findings, value } = init([], undefined, owner);
    expect(findings).toMatchObject([{ code: 'scaffold/name', subject: 'option:owner' }]);
    expect(value).toBeUndefined();
  },
);

it('never fails and never leaves its folders, whatever the Score files say', () => {
  const name = fc.oneof(fc.constantFrom('shop', '../x', '__proto__', 'constructor'), fc.string());
  const resource = fc.record(
    { type: name, class: name, params: fc.dictionary(name, fc.jsonValue(), { maxKeys: 2 }) },
    { requiredKeys: [] },
  );
  const score = fc.record({
    apiVersion: fc.constant('score.dev/v1b1'),
    metadata: fc.record({ name }),
    containers: fc.dictionary(
      name,
      fc.record({ image: fc.string(), variables: fc.dictionary(name, fc.constant('${resources.db.host}')) }),
    ),
    resources: fc.dictionary(name, resource, { maxKeys: 3 }),
  });
  fc.assert(
    fc.property(fc.array(score, { minLength: 1, maxLength: 3 }), (documents) => {
      const { paths } = init(documents.map((document, index) => scoreFile(JSON.stringify(document), `${index}.yaml`)));
      for (const path of paths)
        expect(path).toMatch(/^(idp\.yaml|(catalog|environments|policies|services|capabilities|schemas)\/[a-z])/);
      expect(paths.filter((path) => path.split('/').includes('..'))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
