import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { goldenChanges, testCapabilities } from '../../fixture/test-capabilities.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import { type LiteralFile, literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { exampleFiles, examplePlatform } from '../../testing/example-platform.ts';
import type { CapabilityOptions } from './capability-options.ts';
import { planCapability } from './plan-capability.ts';

const bucket: CapabilityOptions = {
  name: 'bucket',
  owner: 'team-payments',
  provides: 'resource',
  kind: 'v1/ConfigMap',
};
const job: CapabilityOptions = { ...bucket, name: 'job', provides: 'workload' };

function plan(options: Partial<CapabilityOptions> = {}, files: Readonly<Record<string, LiteralFile>> = {}) {
  const snapshot = literalSnapshot({ ...exampleFiles, ...files });
  const { value, findings } = planCapability(snapshot, { ...bucket, ...options });
  const after = overlaySnapshot(snapshot, value?.changes ?? []);
  const brief = findings.map(({ code, message }) => `${code}: ${message}`);
  return { after, brief, findings, changes: value?.changes ?? [], value };
}

const messages = (snapshot: Snapshot, name: string) => {
  const tests = testCapabilities(snapshot, { capabilities: [name], fixtures: [] });
  const findings = tests.flatMap((test) => [...test.findings, ...test.fixtures.flatMap((result) => result.findings)]);
  return [...findings.map(({ code }) => code), ...goldenChanges(tests, snapshot).changes.map(({ path }) => path)];
};

describe.each([bucket, job])('a new capability that provides a $provides', (options) => {
  it('is valid, and its fixtures render to the golden files that come with it', () => {
    const { after, brief } = plan(options);
    expect(brief).toEqual([]);
    const folder = `capabilities/${options.name}/`;
    expect(loadPlatform(after).findings.filter(({ path }) => path?.startsWith(folder))).toEqual([]);
    expect(messages(after, options.name)).toEqual([]);
  });

  it('has everything that a package of a producer has', () => {
    const files = plan(options).changes.map(({ path }) => path.replace(`capabilities/${options.name}/`, ''));
    for (const part of [
      /^package\.json$/,
      /^capability\.yaml$/,
      /^README\.md$/,
      /^docs\//,
      /^(templates\/deploy|patches)\//,
    ])
      expect(
        files.some((file) => part.test(file)),
        String(part),
      ).toBe(true);
    for (const part of [/^policies\/[^/]+\.yaml$/, /^policies\/fixtures\/.*\/passes/, /^policies\/fixtures\/.*\/fails/])
      expect(
        files.some((file) => part.test(file)),
        String(part),
      ).toBe(true);
    expect(files.filter((file) => /^fixtures\/.*\/expected\//.test(file)).length).toBeGreaterThan(1);
  });

  it('fails its test when its template is broken', () => {
    const { after, changes } = plan(options);
    const template = changes.find(({ path }) => /\/(deploy|patches)\//.test(path));
    const broken = { path: template?.path ?? '', content: template?.content?.replace('params.', 'param.') };
    expect(messages(overlaySnapshot(after, [broken]), options.name)).toEqual(['template/unknown-path']);
    const other = { ...broken, content: template?.content?.replace(/\{\{yaml params\.[a-z]+\}\}/, '7') };
    expect(messages(overlaySnapshot(after, [other]), options.name)).toHaveLength(1);
  });

  it('changes nothing when it is asked for again, also after its owners have changed it', () => {
    const { after } = plan(options);
    expect(planCapability(after, options).value).toMatchObject({
      changes: [],
      summary: expect.stringMatching(/^nothing to do: /),
    });
    const changed = overlaySnapshot(after, [{ path: `capabilities/${options.name}/README.md`, content: '# Ours\n' }]);
    expect(planCapability(changed, options).value?.changes).toEqual([]);
  });

  it('takes what a person types as text, whatever it is', () => {
    const printable = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
    fc.assert(
      fc.property(printable, printable, (title, description) => {
        const { changes, brief } = plan({ ...options, title, description });
        expect(brief).toEqual([]);
        const text = changes.find(({ path }) => path.endsWith('/capability.yaml'))?.content ?? '';
        expect(parse(text).metadata).toMatchObject({ title, description });
        const manifest = changes.find(({ path }) => path.endsWith('/package.json'))?.content ?? '';
        expect(JSON.parse(manifest).description).toBe(description);
      }),
      { numRuns: 8 },
    );
  });
});

describe('what a new capability renders', () => {
  it('is the kind that was asked for', () => {
    const { changes, brief } = plan({ kind: 's3.services.k8s.aws/v1alpha1/Bucket' });
    expect(brief).toEqual([]);
    const golden = changes.find(({ path }) =>
      path.endsWith('expected/bucket.s3.services.k8s.aws-orders-files-nz494.yaml'),
    );
    expect(parse(golden?.content ?? '')).toMatchObject({
      apiVersion: 's3.services.k8s.aws/v1alpha1',
      kind: 'Bucket',
      spec: { size: 'small' },
    });
  });
});

describe('a new capability is refused, before anything is written', () => {
  it.each([
    ['an owner that does not exist', { owner: 'team-paymnets' }, 'scaffold/owner: there is no group "team-paymnets"'],
    ['a name with metacharacters', { name: 'a;b' }, 'scaffold/name: "a;b" cannot be the name of a capability'],
    ['a way out', { name: '../x' }, 'scaffold/name: "../x" cannot be the name of a capability'],
    [
      'a name of 51 characters',
      { name: 'a'.repeat(51) },
      `scaffold/name: "${'a'.repeat(51)}" cannot be the name of a capability`,
    ],
    [
      'a built-in type',
      { name: 'volume' },
      'scaffold/name: "volume" is a type that every Score file has without a capability',
    ],
    ['a name that Windows keeps', { name: 'nul' }, 'scaffold/name: "nul" is a name that Windows keeps for itself'],
    ['a kind without a version', { kind: 'Bucket' }, 'scaffold/kind: "Bucket" is not a kind of object'],
    ['a kind with YAML in it', { kind: 'v1/A: b' }, 'scaffold/kind: "v1/A: b" is not a kind of object'],
  ])('for %s', (_, options, message) => {
    const { brief, changes, findings } = plan(options);
    expect(brief).toEqual([message]);
    expect(changes).toEqual([]);
    expect(findings[0]?.subject).toMatch(/^option:/);
  });

  it('says all that is wrong at once', () => {
    expect(plan({ name: 'A', owner: 'nobody', kind: 'x' }).brief).toHaveLength(3);
  });

  it.each([
    [
      'of another owner',
      { name: 'database', owner: 'team-other' },
      {
        'catalog/other.yaml':
          'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: team-other }\nspec: { type: team, children: [] }\n',
      },
    ],
    ['of another sort', { name: 'web' }, {}],
    ["whose folder holds somebody's files", {}, { 'capabilities/bucket/README.md': 'mine\n' }],
  ])('where there is one %s', (_, options, files) => {
    const { brief, changes } = plan(options, files);
    expect(brief).toEqual([expect.stringMatching(/^scaffold\/capability-exists: /)]);
    expect(changes).toEqual([]);
  });

  it('where its folder is a link', () => {
    const { brief, changes } = plan({}, { 'capabilities/bucket': { mode: '120000', content: '/etc' } });
    expect(brief[0]).toMatch(/^write\/refused-path: /);
    expect(changes).toEqual([]);
  });
});

it.each([bucket, job])('names a schema for editors only where there is one ($provides)', (options) => {
  const text = (files: Readonly<Record<string, LiteralFile>>) =>
    plan(options, files).changes.find(({ path }) => path.endsWith('/capability.yaml'))?.content;
  expect(text({})).not.toContain('yaml-language-server');
  expect(text({ 'schemas/capability.schema.json': '{}' })).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/capability\.schema\.json\n#\n# /,
  );
});

it('goes on where an interrupted run has stopped', () => {
  const { changes } = plan();
  const half = changes.filter(({ path }) => !path.endsWith('/capability.yaml')).slice(0, 3);
  const files = Object.fromEntries(half.map(({ path, content = '' }) => [path, content]));
  const rest = plan({}, files).changes.map(({ path }) => path);
  expect([...half.map(({ path }) => path), ...rest].sort()).toEqual(changes.map(({ path }) => path).sort());
});

it('does not look at services: a broken one is in nobody else s way', () => {
  const snapshot = overlaySnapshot(examplePlatform(), [{ path: 'services/checkout/score.yaml', content: 'a: [' }]);
  expect(planCapability(snapshot, bucket).findings).toEqual([]);
});

describe('the next steps', () => {
  it('end with the command that uses it', () => {
    expect(plan().value?.nextSteps.at(-1)).toBe('npx idp g add <service> bucket');
    expect(plan(job).value?.nextSteps.at(-1)).toBe('npx idp g service <name> --owner=<team> --template=job');
  });

  it('are what there is to do in this repository', () => {
    expect(plan().value?.nextSteps.join('\n')).not.toContain('npm install');
    expect(plan({}, { 'package.json': '{}' }).value?.nextSteps.join('\n')).toContain('npm install');
    expect(plan({}, { CODEOWNERS: '* @robin\n' }).value?.nextSteps.join('\n')).toContain(
      'add /capabilities/bucket/ to CODEOWNERS',
    );
  });
});
