import { describe, expect, it } from 'vitest';
import { exampleScore } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { memoryStore } from '../store/memory-store.ts';
import { exampleFiles, examplePlatform } from '../testing/example-platform.ts';
import { evaluatePlatform } from './evaluate-platform.ts';
import { loadPlatform } from './load-platform.ts';

const second = (name: string): ExampleFiles => ({
  [`services/${name}/catalog-info.yaml`]: exampleFiles['services/checkout/catalog-info.yaml'].replaceAll(
    'checkout',
    name,
  ),
  [`services/${name}/score.yaml`]: exampleFiles['services/checkout/score.yaml'].replaceAll('checkout', name),
});
const settings = (spec: string) => exampleFiles['idp.yaml'].replace('spec:\n', `spec:\n${spec}`);

function evaluate(files: ExampleFiles) {
  const { services, findings } = evaluatePlatform(loadPlatform(examplePlatform(files)));
  return {
    rendered: services.filter(({ trees }) => trees.has('dev')).map(({ service }) => service),
    codes: [...new Set(findings.map(({ code }) => code))],
  };
}

describe('one bad service', () => {
  const broken: readonly (readonly [string, ExampleFiles])[] = [
    ['YAML that cannot be read', { 'services/checkout/score.yaml': 'a: [' }],
    ['a Score file of another form', { 'services/checkout/score.yaml': 'hello' }],
    ['a capability that is not there', exampleScore({ resources: 'db: { type: nothing }' })],
    ['an output that is not there', exampleScore({ variable: 'A: ${resources.db.nothing}' })],
    ['a parameter of another type', exampleScore({ resources: 'db: { type: database, params: { size: 5 } }' })],
    ['a lock that cannot be read', { 'services/checkout/.idp/lock.yaml': '[' }],
    ['no lock', { 'services/checkout/.idp/lock.yaml': null }],
    ['no component', { 'services/checkout/catalog-info.yaml': null }],
    ['an override for nowhere', { 'services/checkout/environments/nowhere.yaml': 'a: 1' }],
    ['a link instead of a file', { 'services/checkout/score.yaml': { mode: '120000', content: '/etc/passwd' } }],
  ];

  it.each(broken)('never blocks another: %s', (_, files) => {
    const { rendered, codes } = evaluate({ ...second('shop'), ...files });
    expect(rendered).toEqual(['shop']);
    expect(codes).not.toEqual([]);
  });
});

describe('loading a platform', () => {
  it('finds everything at once: parts do not hide each other', () => {
    const { codes } = evaluate({
      'catalog/bad.yaml': 'a: [',
      'environments/prod.yaml': 'kind: Environment\n',
      'capabilities/x/capability.yaml': 'kind: Capability\n',
      'idp.yaml': settings('  surprise: 1\n'),
      ...exampleScore({ variable: 'A: 1' }),
    });
    expect(codes).toEqual(
      expect.arrayContaining([
        'source/invalid-yaml',
        'environment/missing-field',
        'capability/missing-field',
        'platform/unknown-field',
        'workload/wrong-value',
      ]),
    );
  });

  it('leaves out what the globs of idp.yaml name, but never a part of a capability', () => {
    const files = (ignore: string): ExampleFiles => ({
      'idp.yaml': settings(ignore === '' ? '' : `  ignore: ${ignore}\n`),
      'catalog/templates/skeleton.yaml': 'a: [',
      'services/old/score.yaml': 'a: [',
    });
    expect(evaluate(files('')).codes).toEqual(['source/invalid-yaml']);
    expect(evaluate(files('["catalog/templates/**"]')).codes).toEqual(['source/invalid-yaml']);
    expect(evaluate(files('["catalog/templates/**", "services/old/**"]')).codes).toEqual([]);
    expect(evaluate(files('["**/old/**", "**/skeleton.yaml", "capabilities/**"]'))).toEqual({
      rendered: ['checkout'],
      codes: [],
    });
  });

  it('needs no idp.yaml and no files at all', () => {
    const { findings } = evaluatePlatform(loadPlatform(literalSnapshot({})));
    expect(findings).toEqual([]);
  });

  it('says the same with a store, cold and warm', () => {
    const snapshot = examplePlatform(exampleScore({ variable: 'A: 1' }));
    const store = memoryStore();
    const without = evaluatePlatform(loadPlatform(snapshot));
    for (let run = 0; run < 2; run += 1) {
      const { findings, services } = evaluatePlatform(loadPlatform(snapshot, store));
      expect(findings).toEqual(without.findings);
      expect(services.map(({ trees }) => [...trees.keys()])).toEqual(
        without.services.map(({ trees }) => [...trees.keys()]),
      );
    }
  });

  it('tells both services that share an identity, and renders neither', () => {
    const snapshot = examplePlatform(second('shop'));
    const lock = new TextDecoder().decode(snapshot.read('services/checkout/.idp/lock.yaml'));
    const { rendered, codes } = evaluate({
      ...second('shop'),
      ...second('third'),
      'services/shop/.idp/lock.yaml': lock,
    });
    expect({ rendered, codes }).toEqual({ rendered: ['third'], codes: ['resolve/duplicate-identity'] });
  });
});
