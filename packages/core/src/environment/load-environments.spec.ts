import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json.ts';
import { toJson } from '../provenance/traced.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { environmentValues } from './environment-values.ts';
import { isBranchName, loadEnvironments } from './load-environments.ts';

const environment = (name: string, spec = '') => `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: ${name} }
spec:
  targets: [{ name: eu, cluster: c }]
${spec}`;

function load(files: Readonly<Record<string, string>>, values?: Json) {
  const snapshot = literalSnapshot(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`environments/${name}.yaml`, text])),
  );
  const { value, findings } = loadEnvironments(snapshot, { valuesSchema: values, mainBranch: 'main' });
  return {
    names: [...value.keys()],
    environments: value,
    findings: findings.map(({ path, line, column, code, message }) => `${path}:${line}:${column} ${code} ${message}`),
  };
}

describe('environments', () => {
  it('are ordered upstream before downstream, else by name', () => {
    const { names, findings } = load({
      a: environment('a', '  after: [z]\n'),
      m: environment('m'),
      z: environment('z'),
      b: environment('b', '  after: [a, m]\n'),
    });
    expect({ names, findings }).toEqual({ names: ['z', 'a', 'm', 'b'], findings: [] });
  });

  it('have the branch env/<name> unless they say another', () => {
    const { environments } = load({ a: environment('a'), b: environment('b', '  branch: live\n') });
    expect([...environments.values()].map(({ branch }) => branch)).toEqual(['env/a', 'live']);
  });

  it('that wait for themselves or each other are shown at every `after` of the cycle', () => {
    expect(load({ a: environment('a', '  after: [a]\n') }).findings).toEqual([
      'environments/a.yaml:6:11 environment/cycle the environments wait for each other: a after a',
    ]);
    const { findings, names } = load({
      a: environment('a', '  after: [b]\n'),
      b: environment('b', '  after: [c]\n'),
      c: environment('c', '  after: [a]\n'),
      d: environment('d', '  after: [a]\n'),
    });
    expect(findings.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      'environments/a.yaml:6:11 environment/cycle',
      'environments/b.yaml:6:11 environment/cycle',
      'environments/c.yaml:6:11 environment/cycle',
    ]);
    expect([...names].sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are read when another one is broken', () => {
    const { names, findings } = load({ a: 'kind: [', b: environment('b'), c: environment('c', '  surprise: 1\n') });
    expect(names).toEqual(['b']);
    expect(findings.map((text) => text.split(' ')[1])).toEqual(['source/invalid-yaml', 'environment/unknown-field']);
  });

  it('have one document a file', () => {
    const { findings } = load({ a: `${environment('a')}---\n${environment('b')}` });
    expect(findings).toEqual([
      'environments/a.yaml:7:1 environment/wrong-value the file has 2 documents, but only the first one is read',
    ]);
  });

  it('have values as the platform says, each problem where the value is written', () => {
    const values: Json = {
      type: 'object',
      additionalProperties: false,
      required: ['region'],
      properties: { region: { type: 'string' }, replicas: { type: 'integer' } },
    };
    const text = `apiVersion: idp.internal/v1alpha1
kind: Environment
metadata: { name: a }
spec:
  targets:
    - { name: eu, cluster: c, values: { region: 5 } }
    - { name: us, cluster: c }
  values:
    replicas: many
`;
    expect(load({ a: text }, values).findings).toEqual([
      'environments/a.yaml:6:49 environment/values "region" has to be a string, not 5',
      'environments/a.yaml:9:15 environment/values "replicas" has to be an integer, not "many"',
      'environments/a.yaml:8:3 environment/values "region" is missing',
      'environments/a.yaml:9:15 environment/values "replicas" has to be an integer, not "many"',
    ]);
  });

  it('give a target its own values over those of the environment', () => {
    const { environments } = load({
      a: environment('a', '  values: { x: 1, y: { a: 1, b: 1 } }\n').replace(
        'cluster: c',
        'cluster: c, values: { y: { b: 2 } }',
      ),
    });
    const found = environments.get('a');
    expect(found && toJson(environmentValues(found, 0))).toEqual({ x: 1, y: { a: 1, b: 2 } });
  });
});

describe('the name of a branch', () => {
  const pieces = fc.constantFrom(
    'a',
    'env',
    '/',
    '.',
    '..',
    '-',
    '@',
    '@{',
    '{',
    '~',
    '^',
    ':',
    '?',
    '*',
    '[',
    '\\',
    ' ',
    '\t',
    '.lock',
    'é',
    '\u007f',
  );

  it('is taken only when git takes it', () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 5 }), (parts) => {
        const name = parts.join('');
        expect(gitTakes(name) || !isBranchName(name), JSON.stringify(name)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('is refused only when git refuses it, but for very long ones', () => {
    for (const name of ['main', 'env/prod', 'env/prod-eu.1', 'a/b/c', 'x@y', 'é', 'a{b', 'a.b', 'HEADS']) {
      expect([name, isBranchName(name), gitTakes(name)]).toEqual([name, true, true]);
    }
    for (const name of ['', '-a', 'a..b', 'a.lock', 'a/', '/a', 'a//b', '.a', 'a/.b', 'a b', 'a@{b', 'a.', 'a\\b']) {
      expect([name, isBranchName(name), gitTakes(name)]).toEqual([name, false, false]);
    }
  });
});

function gitTakes(name: string): boolean {
  try {
    execFileSync('git', ['check-ref-format', '--branch', name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
