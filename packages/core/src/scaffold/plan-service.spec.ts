import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadPlatform } from '../platform/load-platform.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { overlaySnapshot } from '../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { exampleFiles, exampleMint, examplePlatform } from '../testing/example-platform.ts';
import { planService } from './plan-service.ts';
import type { ServiceOptions } from './service-request.ts';

const template = {
  'capabilities/web/capability.yaml': `${exampleFiles['capabilities/web/capability.yaml']}  scaffold: { managed: [Dockerfile] }\n`,
  'capabilities/web/templates/scaffold/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: {{yaml service.name}}
  title: {{yaml service.title}}
{{#if service.description}}
  description: {{yaml service.description}}
{{/if}}
spec:
  type: service
  lifecycle: {{yaml service.lifecycle}}
  owner: {{yaml service.owner}}
{{#if service.system}}
  system: {{yaml service.system}}
{{/if}}
`,
  'capabilities/web/templates/scaffold/score.yaml':
    'apiVersion: score.dev/v1b1\nmetadata: { name: {{yaml service.name}} }\ncontainers: { main: { image: . } }\n',
  'capabilities/web/templates/scaffold/package.json':
    '{ "name": {{json service.name}}, "description": {{json service.title}} }\n',
  'capabilities/web/templates/scaffold/Dockerfile': 'FROM scratch\n',
};
const base = examplePlatform(template);
const options: ServiceOptions = { name: 'cart', owner: 'team-payments', template: 'web', lifecycle: 'experimental' };
const plan = (changed: Partial<ServiceOptions> = {}, snapshot: Snapshot = base) =>
  planService(snapshot, { ...options, ...changed }, exampleMint(7));
const changes = (of: ReturnType<typeof plan>) => of.value?.changes ?? expect.fail(JSON.stringify(of.findings));
const made = (changed: Partial<ServiceOptions> = {}) => overlaySnapshot(base, changes(plan(changed)));
const errors = (snapshot: Snapshot) => loadPlatform(snapshot).findings.filter(({ severity }) => severity === 'error');

describe('planService', () => {
  it('writes files that bring no error, the lock last', () => {
    expect(changes(plan()).map(({ path }) => path)).toEqual([
      'services/cart/Dockerfile',
      'services/cart/catalog-info.yaml',
      'services/cart/package.json',
      'services/cart/score.yaml',
      'services/cart/.idp/lock.yaml',
    ]);
    expect(errors(made())).toEqual([]);
    expect(loadPlatform(made()).workloads.get('cart')?.workload.lock?.document).toMatchObject({
      answers: { template: 'web', owner: 'group:default/team-payments', lifecycle: 'experimental' },
      files: { Dockerfile: 'managed', 'score.yaml': 'seeded' },
    });
  });

  it.each<readonly [Partial<ServiceOptions>, string, string]>([
    [{ name: 'Cart_2' }, 'scaffold/name', 'lower-case'],
    [{ name: '../cart' }, 'scaffold/name', 'lower-case'],
    [{ name: 'a'.repeat(51) }, 'scaffold/name', 'at most 50'],
    [{ name: 'con' }, 'scaffold/name', 'another name'],
    [{ name: 'lpt1' }, 'scaffold/name', 'another name'],
    [{ owner: 'team-paymnets' }, 'scaffold/owner', 'team-payments'],
    [{ owner: 'user:default/team-payments' }, 'scaffold/owner', ''],
    [{ owner: '' }, 'scaffold/owner', ''],
    [{ system: 'payment-procesing' }, 'scaffold/system', 'payment-processing'],
    [{ template: 'wbe' }, 'scaffold/template', 'web'],
    [{ template: 'database' }, 'scaffold/template', 'one of "web"'],
    [{ template: 'node-service' }, 'scaffold/template', 'one of "web"'],
    [{ template: '__proto__' }, 'scaffold/template', ''],
  ])('refuses %j before any change', (changed, code, hint) => {
    const refused = plan(changed);
    expect(refused.value).toBeUndefined();
    expect(refused.findings).toEqual([expect.objectContaining({ code, hint: expect.stringContaining(hint) })]);
  });

  it('changes nothing when it is run again, whatever tokens are minted then', () => {
    const again = planService(made(), options, exampleMint(99));
    expect(again).toMatchObject({
      value: { changes: [], summary: expect.stringMatching(/^nothing to do: /), nextSteps: [] },
      findings: [],
    });
  });

  it('refuses other answers, and a folder that is somebody else’s', () => {
    const other = plan({ lifecycle: 'production', title: 'A cart' }, made());
    expect(other.value).toBeUndefined();
    expect(other.findings).toMatchObject([
      {
        code: 'scaffold/service-exists',
        message:
          'services/cart is there already, made with other answers (lifecycle: experimental → production, title: none → "A cart")',
      },
    ]);
    const own = overlaySnapshot(base, [{ path: 'services/cart/score.yaml', content: 'mine: true\n' }]);
    expect(plan({}, own).findings).toMatchObject([{ code: 'scaffold/service-exists' }]);
  });

  it('refuses a lock that was not made by it', () => {
    expect(plan({ name: 'checkout' }).findings).toMatchObject([
      { message: 'services/checkout is there already, and its lock has no answers to compare with' },
    ]);
  });

  it('takes the only template where nobody names one, and node-service where that is among several', () => {
    const templateOf = (snapshot: Snapshot) => {
      const after = overlaySnapshot(snapshot, changes(plan({ template: undefined }, snapshot)));
      return loadPlatform(after).workloads.get('cart')?.workload.lock?.document?.answers;
    };
    expect(templateOf(base)).toMatchObject({ template: 'web' });
    const copied = (name: string) =>
      base
        .list()
        .filter(({ path }) => path.startsWith('capabilities/web/'))
        .map(({ path }) => ({
          path: path.replace('/web/', `/${name}/`),
          content: new TextDecoder()
            .decode(base.read(path))
            .replace('capability-web', `capability-${name}`)
            .replace('name: web', `name: ${name}`),
        }));
    expect(templateOf(overlaySnapshot(base, copied('node-service')))).toMatchObject({ template: 'node-service' });
    expect(plan({ template: undefined }, overlaySnapshot(base, copied('worker'))).findings).toMatchObject([
      { code: 'scaffold/template', hint: 'one of "web", "worker"' },
    ]);
  });

  it('says of a template with errors that it has them, also where nobody names it', () => {
    const broken = overlaySnapshot(base, [{ path: 'capabilities/web/templates/scaffold/a.yaml', content: 'a: {{x' }]);
    expect(plan({ template: undefined }, broken).findings).toMatchObject([
      { code: 'scaffold/template', hint: expect.stringContaining('mend capabilities/web first') },
    ]);
  });

  it('says how to get a template where there is none', () => {
    expect(plan({ template: undefined }, examplePlatform()).findings).toMatchObject([
      {
        code: 'scaffold/template',
        hint: expect.stringContaining('npx idp g capability <name> --owner=… --provides=workload'),
      },
    ]);
  });

  it('names the next steps that its files allow, and no others', () => {
    const steps = (files: Readonly<Record<string, string>>) =>
      plan({}, examplePlatform({ ...template, ...files })).value?.nextSteps.join('\n') ?? '';
    expect(steps({})).not.toMatch(/npm|:test|README|postgres/);
    const manifest = 'capabilities/web/templates/scaffold/package.json';
    const tested = { [manifest]: '{ "scripts": { "test": "node --test" } }\n' };
    expect(steps(tested)).toContain('npx nx run cart:test');
    expect(steps(tested)).toContain('npm install && npm test');
    expect(steps({ ...tested, 'capabilities/web/templates/scaffold/package-lock.json': '{}\n' })).toContain(
      'npm ci &&',
    );
    expect(steps({ 'capabilities/web/templates/scaffold/README.md': '# Cart\n' })).toContain('services/cart/README.md');
  });

  it('goes on where an earlier run was interrupted', () => {
    const some = overlaySnapshot(base, changes(plan()).slice(0, 2));
    expect(changes(plan({}, some)).map(({ path }) => path)).toEqual([
      'services/cart/package.json',
      'services/cart/score.yaml',
      'services/cart/.idp/lock.yaml',
    ]);
  });

  it('restores a managed file and leaves a seeded one to its people', () => {
    const edited = overlaySnapshot(made(), [
      { path: 'services/cart/Dockerfile', content: 'FROM evil\n' },
      { path: 'services/cart/package.json', content: undefined },
    ]);
    expect(changes(plan({}, edited))).toEqual([{ path: 'services/cart/Dockerfile', content: 'FROM scratch\n' }]);
  });

  it('writes nothing through a link', () => {
    const linked = overlaySnapshot(
      literalSnapshot({ 'services/cart': { mode: '120000', content: '/tmp' } }),
      base.list().map(({ path }) => ({ path, content: new TextDecoder().decode(base.read(path)) })),
    );
    const refused = plan({}, linked);
    expect(refused.value).toBeUndefined();
    expect(refused.findings.length).toBeGreaterThan(0);
  });

  it('holds any title and description exactly, in files that can be read', () => {
    const pieces = [
      '"',
      "'",
      '{{service.name}}',
      '{{{x}}}',
      '${resources.db}',
      '\n',
      '\r\n',
      '# c',
      ': ',
      '- ',
      '\\',
      '&a',
      '*a',
      '!!x',
      '|',
      '%',
      '---',
      '\u0085',
      '\u2028',
      ' ',
      'é',
      '😀',
      'null',
      '1',
    ];
    const hostile = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, hostile, (title, description) => {
        const snapshot = made({ title, description });
        const read = (file: string) => new TextDecoder().decode(snapshot.read(`services/cart/${file}`));
        expect(parse(read('catalog-info.yaml')).metadata).toEqual({ name: 'cart', title, description });
        expect(JSON.parse(read('package.json'))).toEqual({ name: 'cart', description: title });
        expect(errors(snapshot)).toEqual([]);
        expect(plan({ title, description }, snapshot)).toMatchObject({ value: { changes: [] } });
      }),
      { numRuns: 60 },
    );
  });
});
