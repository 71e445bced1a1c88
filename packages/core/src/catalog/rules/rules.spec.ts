import { describe, expect, it, vi } from 'vitest';
import { literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import { catalogOf } from '../catalog.ts';
import { checkCatalog } from '../check-catalog.ts';
import { readCatalog } from '../read-catalog.ts';

const compared = vi.hoisted(() => ({ times: 0 }));
vi.mock('fastest-levenshtein', async (original) => {
  const levenshtein = await original<typeof import('fastest-levenshtein')>();
  return {
    ...levenshtein,
    distance: (...words: Parameters<typeof levenshtein.distance>) => {
      compared.times += 1;
      return levenshtein.distance(...words);
    },
  };
});

function check(documents: readonly string[]) {
  const files = documents.map((document, index) => [`catalog/${index}.yaml`, document] as const);
  const snapshot = literalSnapshot({ 'idp.yaml': '', ...Object.fromEntries(files) });
  const { entities, findings } = readCatalog({ snapshot, ignored: () => false });
  return [...findings, ...checkCatalog(catalogOf(entities))].map(
    ({ code, path, line, column, message, hint, related }) => ({
      at: `${code} ${path}:${line}:${column}`,
      message,
      hint,
      related: related?.map((place) => `${place.path}:${place.line}`),
    }),
  );
}

const entity = (kind: string, name: string, spec: string, metadata = ''): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}${metadata} }\nspec: { ${spec} }\n`;
const group = (name: string, more = ''): string => entity('Group', name, `type: team, children: []${more}`);

describe('a reference to nothing', () => {
  it('is found in every field that names entities', () => {
    const findings = check([
      entity('Component', 'c', 'type: a, lifecycle: b, owner: x1, system: x2, subcomponentOf: x3, providesApis: [x4]'),
      entity('Component', 'd', 'type: a, lifecycle: b, owner: x1, consumesApis: [x5], dependsOn: ["resource:x6"]'),
      entity(
        'Resource',
        'r',
        'type: a, owner: x1, system: x2, dependsOn: ["component:x7"], dependencyOf: ["resource:x8"]',
      ),
      entity('API', 'a', 'type: a, lifecycle: b, owner: x1, system: x2, definition: a'),
      entity('System', 's', 'owner: x1, domain: x9'),
      entity('Domain', 'm', 'owner: x1, subdomainOf: x10'),
      entity('Group', 'g', 'type: a, children: [x11], parent: x12, members: [x13]'),
      entity('User', 'u', 'memberOf: [x14]'),
      'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: t }\nspec: { type: a, steps: [], owner: x15 }\n',
    ]);
    const named = findings.map(({ message }) => /^(\w+) names "(?:\w+:)?(x\d+)", which does not exist$/.exec(message));
    expect([...new Set(named.map((match) => match?.[2]))].sort()).toEqual(
      Array.from({ length: 15 }, (_, index) => `x${index + 1}`).sort(),
    );
    expect(findings.every(({ at }) => at.startsWith('catalog/unresolved-reference'))).toBe(true);
  });

  it('has a suggestion, but not at the price of comparing all with all', () => {
    const groups = Array.from({ length: 1000 }, (_, index) => group(`team-${index}`));
    const systems = Array.from({ length: 1000 }, (_, index) => entity('System', `s${index}`, `owner: taem-${index}`));
    compared.times = 0;
    const findings = check([...groups, ...systems]);
    expect(findings).toHaveLength(1000);
    expect(findings[0]?.hint).toContain('did you mean');
    expect(findings.at(-1)?.hint).toBe('add it to catalog/, or name one that exists');
    expect(compared.times).toBeLessThanOrEqual(200 * 1000);
  });

  it('that all have in common is looked for once', () => {
    const groups = Array.from({ length: 100 }, (_, index) => group(`team-${index}`));
    const systems = Array.from({ length: 300 }, (_, index) => entity('System', `s${index}`, 'owner: taem-1'));
    compared.times = 0;
    const findings = check([...groups, ...systems]);
    expect(new Set(findings.map(({ hint }) => hint))).toEqual(new Set(['did you mean "team-1"?']));
    expect(compared.times).toBeLessThanOrEqual(100);
  });
});

describe('a reference to another kind', () => {
  it.each([
    ['owner', 'owner: "component:default/c"', 'it can be a group or a user'],
    ['dependsOn', 'owner: g, dependsOn: ["group:g"]', 'it can be a component or a resource'],
    ['dependsOn', 'owner: g, dependsOn: [c]', 'write `component:<name>`'],
    ['system', 'owner: g, system: "group:g"', 'it can be a system'],
    ['providesApis', 'owner: g, providesApis: ["group:g"]', 'it can be an api'],
  ])('in %s is said once', (field, spec, hint) => {
    const findings = check([group('g'), entity('Component', 'c', `type: a, lifecycle: b, ${spec}`)]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      at: expect.stringContaining('catalog/wrong-kind'),
      hint: expect.stringContaining(hint),
    });
    expect(findings[0]?.message).toContain(field);
  });
});

describe('two entities of one name', () => {
  it('name each other, and say that only the case differs', () => {
    const [first, second] = check([group('Team'), group('team')]);
    expect(first).toMatchObject({
      at: 'catalog/duplicate-entity catalog/0.yaml:3:19',
      message: '"Team" and "team" differ only in case: both are "group:default/team"',
      related: ['catalog/1.yaml:3'],
    });
    expect(second).toMatchObject({ at: 'catalog/duplicate-entity catalog/1.yaml:3:19', related: ['catalog/0.yaml:3'] });
  });

  it('are two in two namespaces', () => {
    expect(check([group('team'), entity('Group', 'team', 'type: a, children: []', ', namespace: other')])).toEqual([]);
  });
});

describe('a cycle', () => {
  const parent = (name: string, above: string): string => group(name, `, parent: ${above}`);

  it('is said once, with the whole round and all its places', () => {
    const component = (name: string, above: string): string =>
      entity('Component', name, `type: a, lifecycle: b, owner: g, subcomponentOf: ${above}`);
    expect(check([group('g'), component('a', 'b'), component('b', 'c'), component('c', 'a')])).toEqual([
      {
        at: 'catalog/reference-cycle catalog/1.yaml:4:58',
        message:
          'this goes round in a circle: component:default/a → component:default/b → component:default/c → component:default/a',
        hint: 'remove one of these references',
        related: ['catalog/2.yaml:4', 'catalog/3.yaml:4'],
      },
    ]);
  });

  it('may be of one entity, of groups by their children, or of both fields', () => {
    expect(check([parent('a', 'a')]).map(({ message }) => message)).toEqual(['group:default/a is above itself']);
    const children = (name: string, below: string): string => entity('Group', name, `type: a, children: [${below}]`);
    expect(check([children('a', 'b'), children('b', 'a')])).toHaveLength(1);
    expect(
      check([`${parent('a', 'b')}`, entity('Group', 'b', 'type: a, children: [], parent: c'), children('c', 'b')]),
    ).toEqual([]);
    expect(
      check([parent('a', 'b'), parent('b', 'c'), entity('Group', 'c', 'type: a, children: [], parent: a')]),
    ).toHaveLength(1);
  });

  it('that is long is shortened in words', () => {
    const chain = Array.from({ length: 500 }, (_, index) => parent(`g${index}`, `g${(index + 1) % 500}`));
    const [finding, ...more] = check(chain);
    expect(more).toEqual([]);
    expect(finding?.message.length).toBeLessThan(300);
    expect(finding?.message).toContain('→ … →');
  });
});

describe('ownership by nobody', () => {
  const user = (name: string, teams: string): string => entity('User', name, `memberOf: [${teams}]`);
  const system = entity('System', 's', 'owner: empty');

  it('is of a group without people, in it or below it', () => {
    const codes = (documents: readonly string[]) => check(documents).map(({ at }) => at.split(' ')[0]);
    const other = [system, user('ada', 'team'), group('team')];
    expect(codes([...other, group('empty')])).toEqual(['catalog/owned-by-nobody']);
    expect(codes([...other, group('empty'), group('below', ', parent: empty'), user('ben', 'below')])).toEqual([]);
    expect(codes([...other, entity('Group', 'empty', 'type: a, children: [team]')])).toEqual([]);
    expect(codes([...other, group('empty', ', members: [ada]')])).toEqual([]);
  });

  it('is not known where a catalog has no people at all', () => {
    expect(check([system, group('empty')])).toEqual([]);
  });
});

describe('an unknown field', () => {
  it.each([
    ['metadata', entity('User', 'u', 'memberOf: []', ', descripton: a'), '3', 'did you mean "description"?'],
    ['spec', entity('User', 'u', 'memberOf: [], memberof: []'), '4', 'did you mean "memberOf"?'],
    ['spec.profile', entity('User', 'u', 'memberOf: [], profile: { displayname: Ada }'), '4', '"displayName"'],
  ])('of %s is named with the nearest one', (at, document, line, hint) => {
    expect(check([document])).toMatchObject([
      {
        at: expect.stringMatching(`catalog/unknown-field catalog/0.yaml:${line}:`),
        message: expect.stringContaining(`\`${at}\``),
        hint: expect.stringContaining(hint),
      },
    ]);
  });

  it('is not one of annotations, labels and links, nor one with the domain of a plugin', () => {
    const more = ', labels: { a: b }, annotations: { a: b }, links: [{ url: "https://example.com", more: 1 }]';
    expect(check([entity('User', 'u', 'memberOf: [], "example.com/x": 1', more)])).toEqual([]);
  });
});
