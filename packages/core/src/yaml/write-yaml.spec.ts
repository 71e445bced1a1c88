import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { canonicalJson } from '../json/canonical-json.ts';
import { type Json, objectFrom } from '../json/json.ts';
import { anyJson, nastyText, withKeysReversed } from '../json/testing/arbitrary-json.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { cpuSeconds } from '../testing/cpu-seconds.ts';
import { writeInline, writeYaml } from './write-yaml.ts';

const settings = { numRuns: 300 };

function readBack(text: string): Json | undefined {
  const parsed = parseYaml(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message} in ${JSON.stringify(text)}`);
  expect(parsed.documents).toHaveLength(1);
  return parsed.documents[0];
}

/** `-0` is written as `0`: JSON's canonical form knows no other (RFC 8785, section 3.2.2.3). */
const withoutNegativeZero = (value: Json): Json => JSON.parse(canonicalJson(value)) as Json;

describe('what is written', () => {
  it('is read back as the same value by our own reader', () => {
    fc.assert(
      fc.property(anyJson(), (value) => {
        expect(readBack(writeYaml(value))).toEqual(withoutNegativeZero(value));
      }),
      settings,
    );
  });

  it.each(['1.1', '1.2'] as const)('is read back as the same value by another reader of YAML %s', (version) => {
    fc.assert(
      fc.property(anyJson(), (value) => {
        const read = parse(writeYaml(value), { version, logLevel: 'error', uniqueKeys: true }) as Json;
        expect(read).toEqual(withoutNegativeZero(value));
      }),
      settings,
    );
  });

  it('is read back as the same value by the YAML 1.1 of js-yaml', () => {
    fc.assert(
      fc.property(anyJson(), (value) => {
        expect(load(writeYaml(value), { schema: YAML11_SCHEMA })).toEqual(withoutNegativeZero(value));
      }),
      settings,
    );
  });

  const python = spawnSync('python3', ['-c', 'import yaml']).status === 0;
  it.skipIf(!python)('is read back as the same value by PyYAML, which reads 1.1 by its letter', () => {
    const values = fc.sample(anyJson(), { numRuns: 500, seed: 7 });
    const program =
      'import json, sys, yaml\n' +
      'print(json.dumps([yaml.load(text, yaml.SafeLoader) for text in json.load(sys.stdin)]))';
    const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(values.map(writeYaml)) });
    expect(run.stderr.toString()).toBe('');
    const read = JSON.parse(run.stdout.toString()) as readonly Json[];
    values.forEach((value, index) => {
      expect(read[index]).toEqual(withoutNegativeZero(value));
    });
  });

  it('does not depend on the order in which keys were put in', () => {
    fc.assert(
      fc.property(anyJson(), (value) => {
        expect(writeYaml(withKeysReversed(value))).toBe(writeYaml(value));
      }),
      settings,
    );
  });

  it('is the same after it was read and written again', () => {
    fc.assert(
      fc.property(anyJson(), (value) => {
        const text = writeYaml(value);
        expect(writeYaml(readBack(text) ?? null)).toBe(text);
      }),
      settings,
    );
  });

  it('ends with one newline, has no white space at the end of a line and no tab', () => {
    fc.assert(
      fc.property(anyJson(), (value) => {
        const text = writeYaml(value);
        expect(text).toMatch(/[^ ]\n$/);
        expect(text).not.toMatch(/[ \t]$|\t|\r/m);
      }),
      settings,
    );
  });

  it('is quick for texts that are made to make regular expressions slow', () => {
    const spent = cpuSeconds(() => {
      for (const text of [`${'1'.repeat(500_000)}g`, `${'\n'.repeat(300_000)}x`, `x${'\n'.repeat(300_000)}y`]) {
        expect(readBack(writeYaml({ text }))).toEqual({ text });
      }
    });
    expect(spent).toBeLessThan(10);
  });

  it('holds keys that are longer than a simple key of YAML may be', () => {
    const value = { ['k'.repeat(2000)]: { a: 1 }, ['"'.repeat(600)]: [1, 'x\ny\n'] };
    expect(readBack(writeYaml(value))).toEqual(value);
    for (const version of ['1.1', '1.2'] as const) expect(parse(writeYaml(value), { version })).toEqual(value);
  });

  /** Unicode has no such text, and readers differ on it; it is written by its escape, so that it is at least seen. */
  it('has lone surrogates as escapes', () => {
    expect(writeYaml({ a: 'x\ud800y' })).toBe('a: "x\\ud800y"\n');
  });
});

describe('an inline scalar', () => {
  it('is the same value inside a list of either style', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        expect(readBack(`- ${writeInline(text)}\n`)).toEqual([text]);
        expect(parse(`{ a: ${writeInline(text)} }`, { version: '1.1' })).toEqual({ a: text });
      }),
      settings,
    );
  });
});

describe('examples', () => {
  it('writes a manifest as a person would', () => {
    const manifest: Json = {
      spec: {
        template: { spec: { containers: [{ image: 'a/b:1', args: ['--port=80', '0755'], env: [] }], volumes: {} } },
        replicas: 3,
      },
      metadata: { name: 'checkout', annotations: { 'example.com/on': 'on', note: 'two: words', time: '10:30' } },
      data: { 'run.sh': '#!/bin/sh\nset -e\n\nexec app\n', cut: 'no newline\nat the end', more: 'a\n\n\n' },
      kind: 'Deployment',
      apiVersion: 'apps/v1',
    };
    expect(writeYaml(manifest)).toBe(
      `apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    example.com/on: "on"
    note: "two: words"
    time: "10:30"
  name: checkout
data:
  cut: |-
    no newline
    at the end
  more: |+
    a


  run.sh: |
    #!/bin/sh
    set -e

    exec app
spec:
  replicas: 3
  template:
    spec:
      containers:
        - args:
            - "--port=80"
            - "0755"
          env: []
          image: a/b:1
      volumes: {}
`,
    );
  });

  it.each<readonly [Json, string]>([
    ['a', 'a\n'],
    ['', '""\n'],
    [null, 'null\n'],
    [-0, '0\n'],
    [1e21, '1.0e+21\n'],
    [1e-7, '1.0e-7\n'],
    [1.5e300, '1.5e+300\n'],
    [[], '[]\n'],
    [{}, '{}\n'],
    ['a\nb', '|-\n  a\n  b\n'],
    [[[1, [2]], {}, []], '- - 1\n  - - 2\n- {}\n- []\n'],
    [[{ b: 1, a: [2] }], '- a:\n    - 2\n  b: 1\n'],
    [['a\nb\n', 'c'], '- |\n  a\n  b\n- c\n'],
    [{ a: { metadata: 1, kind: 2, b: 3 } }, 'a:\n  b: 3\n  kind: 2\n  metadata: 1\n'],
    [objectFrom([['__proto__', { a: 1 }]]), '__proto__:\n  a: 1\n'],
    [{ 'a b': 'c d', 'x: y': ' ', null: 'null', '1': '1' }, '"1": "1"\na b: c d\n"null": "null"\n"x: y": " "\n'],
  ])('%j', (value, text) => {
    expect(writeYaml(value)).toBe(text);
  });
});
