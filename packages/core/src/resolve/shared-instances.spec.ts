import { describe, expect, it } from 'vitest';
import { exampleCapability, exampleComponent, exampleScore, exampleShared } from '../finding/example-files.ts';
import type { Finding } from '../finding/finding.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';

function evaluate(files: ExampleFiles) {
  const { services, findings } = evaluatePlatform(loadPlatform(examplePlatform(files)));
  const service = (name: string) => services.find((candidate) => candidate.service === name);
  const text = (name: string) => [...(service(name)?.trees.get('dev')?.files.values() ?? [])].join('---\n');
  return { findings, service, text };
}

const findingsOf = (files: ExampleFiles) => evaluate(files).findings;
const brief = ({ code, path, line, message }: Finding) => `${path}:${line} ${code} ${message}`;
const service = (name: string, resources: string): ExampleFiles => ({
  ...exampleComponent(name),
  [`services/${name}/score.yaml`]: `apiVersion: score.dev/v1b1
metadata: { name: ${name} }
containers: { main: { image: "registry.example.com/${name}:1.0.0" } }
resources:
  ${resources}
`,
});
/** A capability that needs the one `cache` of all services. */
const requiring = (fields: string, more = '') =>
  exampleCapability({
    name: 'topic',
    spec: `requires: [{ capability: cache, version: ^1.0.0, as: cache, ${fields} }]
${more}objects: { kinds: [v1/ConfigMap] }`,
    files: {
      'templates/deploy/a.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{yaml instance.name}} }
data: { host: {{yaml requires.cache.host}} }
`,
    },
  });
const hosts = 'instance: environment, outputs: { host: { type: string } }';
const topic = exampleScore({ resources: 'db: { type: database }\nevents: { type: topic }' });

describe('an instance that services share by an id', () => {
  it('is told of by a few of those who name it, when ten thousand do', () => {
    const many = (resource: string) =>
      Object.assign(
        {},
        ...Array.from({ length: 12 }, (_, index) => service(`s${index + 10}`, resource)),
      ) as ExampleFiles;
    const saidOf = (resource: string) =>
      findingsOf({ ...exampleCapability(), ...many(resource) }).filter(
        ({ code }) => code === 'resolve/shared-instance',
      );
    const none = saidOf('c: { type: cache, id: x }');
    expect(none.map(({ related }) => related?.length)).toEqual(Array(12).fill(8));
    const twice = saidOf('c: { type: cache, id: x, params: {} }');
    expect(twice).toHaveLength(12);
    expect(twice[0]?.message).toBe(
      'the shared cache "x" is set up by s10, s11, s12, s13, s14, s15, s16, s17 and 4 more',
    );
    expect(twice[0]?.related).toHaveLength(8);
  });

  it('is set up by its owner, and read by those who name it', () => {
    const { findings, service, text } = evaluate(
      exampleShared({ owner: '{ type: cache, id: points, params: { zone: b } }' }),
    );
    expect(findings).toEqual([]);
    const name = service('loyalty')?.resolution?.uses.get('points')?.instance.name ?? expect.fail('it has no identity');
    expect(text('checkout')).toContain(`value: b.${name}.loyalty.svc`);
    expect(service('checkout')?.resolution?.workload.lock?.document).not.toMatchObject({
      capabilities: { cache: expect.anything() },
    });
    expect(Object.keys(service('checkout')?.resolution?.workload.lock?.document.instances ?? {})).toEqual(['db']);
  });

  it('says in each environment what the owner says there', () => {
    const { text } = evaluate(
      exampleShared({
        files: { 'services/loyalty/environments/dev.yaml': 'resources: { points: { params: { zone: c } } }\n' },
      }),
    );
    expect(text('checkout')).toMatch(/value: c\.loyalty-points/);
  });

  it('may have more than one name in the service that owns it, and its secrets are there', () => {
    const two = 'points: { type: cache, id: points, params: {} }\n  again: { type: cache, id: points }';
    const files = { ...exampleShared(), ...service('loyalty', two) };
    const score = `${files['services/loyalty/score.yaml']}`.replace(
      '"registry.example.com/loyalty:1.0.0"',
      '"a:1", variables: { KEY: "${resources.again.key}" }',
    );
    const { findings, text } = evaluate({ ...files, 'services/loyalty/score.yaml': score });
    expect(findings).toEqual([]);
    expect(text('loyalty')).toContain('secretKeyRef');
  });

  it.each([
    ['nobody', '{ type: cache, id: points }', 'the shared cache "points" has no owner'],
    ['two', '{ type: cache, id: points, params: {} }', 'the shared cache "points" is set up by checkout and loyalty'],
  ])('set up by %s: is a finding at each place that names it, with all places', (count, consumer, message) => {
    const owner = count === 'two' ? '{ type: cache, id: points, params: {} }' : '{ type: cache, id: points }';
    const findings = findingsOf(exampleShared({ owner, consumer })).filter(
      ({ code }) => code !== 'resolve/lock-missing',
    );
    expect(findings.map(brief)).toEqual([
      `services/checkout/score.yaml:10 resolve/shared-instance ${message}`,
      `services/loyalty/score.yaml:5 resolve/shared-instance ${message}`,
    ]);
    for (const { related } of findings)
      expect(related?.map(({ path, line }) => `${path}:${line}`)).toEqual([
        'services/checkout/score.yaml:10',
        'services/loyalty/score.yaml:5',
      ]);
  });

  it('set up twice by one service: is said as that', () => {
    const two = 'a: { type: cache, id: points, params: {} }\n  b: { type: cache, id: points, params: {} }';
    expect(findingsOf({ ...exampleShared(), ...service('loyalty', two) }).map(({ message }) => message)).toContain(
      'the shared cache "points" is set up twice by loyalty',
    );
  });

  it('has an id of one kind only: another one is the nearest by name', () => {
    expect(findingsOf(exampleShared({ consumer: '{ type: cache, id: pionts }' }))).toMatchObject([
      { message: 'the shared cache "pionts" has no owner', hint: expect.stringContaining('did you mean "points"?') },
    ]);
  });

  it('names the service that cannot be read: it may be the owner', () => {
    expect(findingsOf({ ...exampleShared(), 'services/loyalty/score.yaml': 'a: [' })).toContainEqual(
      expect.objectContaining({
        code: 'resolve/shared-instance',
        hint: expect.stringContaining('services/loyalty cannot be read'),
      }),
    );
  });

  it('cannot be given a class by who reads it, but for the one it has', () => {
    const classes = 'classes: { far: { zone: z }, near: { zone: a } }';
    const with_ = (consumer: string) =>
      findingsOf(
        exampleShared({ spec: classes, owner: '{ type: cache, id: points, class: far, params: {} }', consumer }),
      ).map(({ code, line, message }) => `${line} ${code} ${message}`);
    expect(with_('{ type: cache, id: points, class: far }')).toEqual([]);
    expect(with_('{ type: cache, id: points, class: near }')).toEqual([
      '10 resolve/shared-instance "cache" asks for the class "near" of an instance that loyalty sets up',
    ]);
  });

  it('has the version that its owner has: a range of who reads it is checked', () => {
    const range = '{ type: cache, id: points, metadata: { annotations: { idp.internal/version: ^2.0.0 } } }';
    expect(findingsOf(exampleShared({ consumer: range })).map(({ code }) => code)).toEqual([
      'resolve/version-conflict',
    ]);
  });

  it('is the same one in every environment', () => {
    const files = { 'services/checkout/environments/dev.yaml': 'resources: { cache: { id: other } }\n' };
    expect(findingsOf(exampleShared({ files })).map(brief)).toEqual([
      'services/checkout/environments/dev.yaml:1 resolve/type-differs "cache" has the `id` "points" elsewhere and the `id` "other" here',
    ]);
  });

  it('keeps its own service from nothing, and those who read it from rendering, when it has errors', () => {
    const { findings, service } = evaluate(
      exampleShared({ owner: '{ type: cache, id: points, params: { zone: 5 } }' }),
    );
    expect(findings.map(({ code, path }) => `${path} ${code}`)).toEqual([
      'services/checkout/score.yaml render/shared-instance',
      'services/loyalty/score.yaml resolve/parameter-wrong-value',
    ]);
    expect(service('checkout')?.trees.size).toBe(0);
  });

  it('is read as always while something else of its owner is broken: one bad service never blocks another', () => {
    const owner = (resources: string) => ({ ...exampleShared(), ...service('loyalty', resources) });
    const { findings, text } = evaluate({
      ...owner('points: { type: cache, id: points, params: { zone: b } }\n  gone: { type: service }'),
      'services/gone/score.yaml': 'a:\n\tb: c\n',
    });
    expect(findings.map(({ code, path }) => `${path} ${code}`)).toEqual([
      'services/gone/score.yaml source/invalid-yaml',
      'services/loyalty/score.yaml resolve/unknown-service',
    ]);
    expect(text('checkout')).toContain('value: b.');
    expect(text('loyalty')).toBe('');
  });

  it('that is made of what is broken: those who read it learn which file to mend, and nothing of what comes of it', () => {
    const topics = exampleCapability({
      name: 'topic',
      spec: `parameters: { properties: { topic: { type: string, pattern: '^[a-z]+$' } } }
objects: { kinds: [v1/ConfigMap] }`,
      files: {
        'templates/deploy/a.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{yaml instance.name}} }\ndata: { topic: {{yaml params.topic}} }\n',
      },
    });
    const findings = findingsOf({
      ...topics,
      ...exampleShared(),
      ...service(
        'loyalty',
        'points: { type: cache, id: points, params: { zone: "${resources.gone.host}" } }\n  gone: { type: service }',
      ),
      ...service(
        'shop',
        'cache: { type: cache, id: points }\n  events: { type: topic, params: { topic: "${resources.cache.host}" } }',
      ),
      'services/gone/score.yaml': 'a:\n\tb: c\n',
    });
    const said = findings.filter(({ path }) => path === 'services/shop/score.yaml');
    expect(said.map(({ code, message, hint }) => ({ code, message, hint }))).toEqual([
      {
        code: 'render/shared-instance',
        message:
          'the shared cache "points" of loyalty cannot be read: loyalty has errors of its own: the service "gone" cannot be read',
        hint: 'mend services/gone first',
      },
    ]);
  });

  it('that needs itself through another service: is a finding of both', () => {
    const files = {
      ...exampleShared({ consumer: '{ type: cache, id: points }' }),
      ...service(
        'loyalty',
        'points: { type: cache, id: points, params: { zone: "${resources.b.host}" } }\n  b: { type: cache, id: b }',
      ),
      ...service(
        'shop',
        'b: { type: cache, id: b, params: { zone: "${resources.a.host}" } }\n  a: { type: cache, id: points }',
      ),
    };
    const findings = findingsOf(files);
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['render/shared-instance']));
    expect(new Set(findings.map(({ path }) => path))).toEqual(
      new Set(['checkout', 'loyalty', 'shop'].map((name) => `services/${name}/score.yaml`)),
    );
    expect(findings[0]?.message).toContain('needs itself, through other services');
  });
});

describe('an instance that is one for all services', () => {
  it('is the only one that somebody shares, and its outputs are in templates', () => {
    const { findings, text } = evaluate({ ...exampleShared(), ...requiring(hosts), ...topic });
    expect(findings).toEqual([]);
    expect(text('checkout')).toMatch(/host: a\.loyalty-points-\w+\.loyalty\.svc/);
  });

  it('is required by what runs a workload as well', () => {
    const web = requiring(hosts);
    const files = Object.fromEntries(
      Object.entries(web).map(([path, content]) => [
        path,
        typeof content === 'string' ? content.replace('provides: resource', 'provides: workload') : content,
      ]),
    );
    const { findings, text } = evaluate({
      ...exampleShared(),
      ...files,
      ...exampleScore({ metadata: 'name: checkout, workload: { type: topic }' }),
    });
    expect(findings).toEqual([]);
    expect(text('checkout')).toMatch(/host: a\.loyalty-points/);
  });

  it('is named by an id where there are several', () => {
    const more = service('shop', 'other: { type: cache, id: other, params: { zone: o } }');
    const { findings } = evaluate({ ...exampleShared(), ...requiring(hosts), ...topic, ...more });
    expect(findings.map(brief)).toEqual([
      expect.stringMatching(
        /capability\.yaml:8 resolve\/shared-instance there are 2 shared instances of cache: "points", "other"|"other", "points"/,
      ),
    ]);
    const named = evaluate({ ...exampleShared(), ...requiring(`id: other, ${hosts}`), ...topic, ...more });
    expect(named.findings).toEqual([]);
    expect(named.text('checkout')).toMatch(/host: o\.shop-other/);
  });

  it('that nobody shares: is a finding at the requirement, with who needs it', () => {
    const alone = service('loyalty', 'points: { type: cache }');
    const [finding, ...others] = findingsOf({ ...exampleShared(), ...alone, ...requiring(hosts), ...topic });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'resolve/shared-instance',
      path: 'capabilities/topic/capability.yaml',
      message: 'no service shares a cache, and one for all services is required',
      related: [{ path: 'services/checkout/score.yaml', message: 'needed by checkout: events → topic@1.0.0: cache' }],
    });
  });

  it.each([
    [`${hosts}, params: { zone: b }`, 'the owner of the instance sets its parameters, and not who requires it'],
    ['id: points, outputs: { host: { type: string } }', '`id` names an instance that is one for all services'],
  ])('is set up by its owner alone: %s is refused', (fields, message) => {
    expect(findingsOf({ ...exampleShared(), ...requiring(fields) }).map((finding) => finding.message)).toContain(
      message,
    );
  });
});

describe('an instance that is one for the service', () => {
  const twice = 'db: { type: database }\none: { type: topic }\ntwo: { type: topic }';
  const serviceWide = (params = '') => requiring(`instance: service, outputs: { host: { type: string } }${params}`);

  it('is made once, however many require it', () => {
    const { findings, service, text } = evaluate({
      ...exampleShared({ consumer: '{ type: topic }', variable: 'A: "1"' }),
      ...serviceWide(),
      ...exampleScore({ resources: twice }),
    });
    expect(findings).toEqual([]);
    const { resolution } = service('checkout') ?? {};
    expect([...(resolution?.uses.keys() ?? [])].sort()).toEqual(['/service/cache', 'db', 'one', 'two']);
    const name = resolution?.uses.get('/service/cache')?.instance.name ?? '';
    expect(name).toMatch(/^checkout-cache-/);
    expect(text('checkout').split(`host: a.${name}.checkout.svc`)).toHaveLength(3);
  });

  it('is there as long as one of those that require it is', () => {
    const override = (text: string) => ({
      ...exampleShared(),
      ...serviceWide(),
      ...exampleScore({ resources: twice }),
      'services/checkout/environments/dev.yaml': text,
    });
    expect(evaluate(override('resources: { one: null }\n')).text('checkout')).toContain('host: a.checkout-cache');
    expect(evaluate(override('resources: { one: null, two: null }\n')).text('checkout')).not.toContain(
      'checkout-cache',
    );
  });

  it('cannot be wanted in two ways', () => {
    const other = Object.fromEntries(
      Object.entries(serviceWide(', params: { zone: b }')).map(([path, content]) => [
        path.replace('topic', 'queue'),
        typeof content === 'string' ? content.replaceAll('topic', 'queue') : content,
      ]),
    );
    const files = {
      ...exampleShared(),
      ...serviceWide(),
      ...other,
      ...exampleScore({ resources: 'db: { type: database }\na: { type: topic }\nb: { type: queue }' }),
    };
    expect(findingsOf(files).map(({ message }) => message)).toEqual([
      'one cache for the service cannot have the params of both: checkout: a → topic@1.0.0: cache, and checkout: b → queue@1.0.0: cache',
    ]);
  });
});
