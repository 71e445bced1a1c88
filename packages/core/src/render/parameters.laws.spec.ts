import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleUse } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { isObject, type Json, property } from '../json/json.ts';
import { planChange } from '../plan/plan-change.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { toJson } from '../provenance/traced.ts';
import { examplePlatform } from '../testing/example-platform.ts';

const evaluate = (files: ExampleFiles) => {
  const { services, findings } = evaluatePlatform(loadPlatform(examplePlatform(files)));
  const objects = services[0]?.trees.get('dev')?.targets[0]?.objects ?? [];
  return { findings, objects: objects.map(({ node }) => toJson(node)) };
};

describe('the precedence of a parameter', () => {
  const levels = ['default', 'environment', 'class', 'score', 'override'] as const;
  const parameter = (name: string, saying: ReadonlySet<string>) =>
    `${name}: { type: string${saying.has('default') ? ', default: default' : ''} }`;

  it('is schema, environment, class, Score, override: the last that says something, for each by itself', () => {
    const said = fc.uniqueArray(fc.constantFrom(...levels)).map((list) => new Set<string>(list));
    fc.assert(
      fc.property(fc.record({ a: said, b: said }), (parameters) => {
        const names = Object.entries(parameters);
        const saying = (level: string) => names.filter(([, set]) => set.has(level)).map(([name]) => name);
        const map = (level: string) => `{ ${saying(level).map((name) => `${name}: ${level}`)} }`;
        const { findings, objects } = evaluate({
          ...exampleUse(
            {
              spec: `objects: { kinds: [example.com/v1/Echo] }
parameters: { type: object, properties: { ${names.map(([name, set]) => parameter(name, set)).join(', ')} } }
fromEnvironment: { ${saying('environment').map((name) => `${name}: values.domain`)} }
classes: { preset: ${map('class')} }`,
              files: {
                'templates/deploy/echo.yaml':
                  'apiVersion: example.com/v1\nkind: Echo\nmetadata: { name: {{yaml instance.name}} }\nsaid: {{yaml params}}\n',
              },
            },
            `cache: { type: cache, class: preset, params: ${map('score')} }`,
          ),
          'services/checkout/environments/dev.yaml': `resources: { cache: { params: ${map('override')} } }\n`,
        });
        const last = (set: ReadonlySet<string>) => levels.findLast((level) => set.has(level));
        const expected = names.flatMap(([name, set]) => {
          const level = last(set);
          return level === undefined ? [] : [[name, level === 'environment' ? 'dev.example.com' : level]];
        });
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
        const echo = objects.find((object) => property(object, 'kind') === 'Echo');
        expect(property(echo, 'said')).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a secret', () => {
  /** Strings in an object, with the way to them. */
  function* strings(value: Json | undefined, path: readonly string[] = []): Generator<readonly [string, string]> {
    if (typeof value === 'string') yield [path.join('.'), value];
    else if (Array.isArray(value))
      for (const [index, item] of value.entries()) yield* strings(item, [...path, `${index}`]);
    else if (isObject(value))
      for (const [key, item] of Object.entries(value)) {
        yield [[...path, '(key)'].join('.'), key];
        yield* strings(item, [...path, key]);
      }
  }

  const marker = 'q7secret';
  const spec = `objects: { kinds: [example.com/v1/Echo] }
parameters: { type: object, properties: { text: {} } }
outputs:
  plain: { schema: { type: string }, value: "plain" }
  key: { schema: { type: string }, secret: { name: ${marker}-name, key: ${marker}-key } }`;
  const files = {
    'templates/deploy/echo.yaml':
      'apiVersion: example.com/v1\nkind: Echo\nmetadata: { name: {{yaml instance.name}} }\nsaid: {{yaml params}}\n',
  };
  const piece = fc.constantFrom('${resources.cache.key}', '${resources.cache.plain}', 'x', '$$', ' ', '$(A)', '"', ':');
  const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
  const at = (field: string, value: string) => {
    const written = JSON.stringify(value);
    const variables = field === 'variables' ? `{ A: ${written} }` : '{ A: "1" }';
    const list = field === 'command' || field === 'args' ? `, ${field}: [${written}]` : '';
    const image = field === 'image' ? written : '"a:1"';
    const params = field === 'params' ? `{ text: [${written}] }` : '{}';
    return {
      ...exampleUse({ spec, files }),
      'services/checkout/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: checkout }
containers: { main: { image: ${image}, variables: ${variables}${list} } }
resources:
  db: { type: database }
  cache: { type: cache }
  other: { type: cache, params: ${params} }
`,
    } satisfies ExampleFiles;
  };
  const field = fc.constantFrom('variables', 'command', 'args', 'image', 'params');

  it('stands in a manifest as a reference to it and nowhere else, and in no finding', () => {
    let references = 0;
    fc.assert(
      fc.property(field, text, (where, value) => {
        const { findings, objects } = evaluate(at(where, value));
        expect(JSON.stringify(findings)).not.toContain(marker);
        for (const object of objects)
          for (const [path, found] of strings(object)) {
            if (!found.includes(marker)) continue;
            expect(path).toMatch(/\.secretKeyRef\.(name|key)$/);
            references += 1;
          }
      }),
      { numRuns: 60 },
    );
    expect(references).toBeGreaterThan(0);
  });

  it('is named in a plan by its reference and nowhere else', () => {
    const platform = (value: string) => loadPlatform(examplePlatform(at('variables', value)));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { plan, findings } = planChange(platform(before), platform(after));
        expect(JSON.stringify(findings)).not.toContain(marker);
        for (const { changes } of plan.services)
          for (const { fields } of changes)
            for (const change of fields)
              for (const [path, found] of strings(change as unknown as Json))
                if (found.includes(marker)) expect(`${JSON.stringify(change)} ${path}`).toMatch(/secretKeyRef/);
      }),
      { numRuns: 25 },
    );
  });
});
