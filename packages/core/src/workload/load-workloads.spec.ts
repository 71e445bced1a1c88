import { describe, expect, it } from 'vitest';
import { exampleScore } from '../finding/example-files.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';

const findings = (files: ExampleFiles) =>
  loadPlatform(examplePlatform(files)).findings.map(
    ({ path, line, column, code, message }) => `${path}:${line}:${column} ${code} ${message}`,
  );
const override = (text: string): ExampleFiles => ({ 'services/checkout/environments/dev.yaml': text });
const lock = (text: string): ExampleFiles => ({ 'services/checkout/.idp/lock.yaml': text });
const lockHead = 'apiVersion: idp.internal/v1alpha1\nkind: Lock\nrenderer: "1"\ncapabilities: {}\nimages: {}\n';

describe('a problem of a Score file', () => {
  it('is in the base when the base has it, once for all environments', () => {
    const files = { ...exampleScore({ variable: 'PORT: 8080' }), ...override('containers: { main: { args: [a] } }\n') };
    expect(findings(files)).toEqual([
      'services/checkout/score.yaml:7:13 workload/wrong-value "PORT" has to be a string, not 8080',
    ]);
  });

  it('is in the override when the override makes it', () => {
    expect(findings(override('containers:\n  main:\n    imge: a\n    variables: { A: 1 }\n'))).toEqual([
      'services/checkout/environments/dev.yaml:3:5 workload/unknown-field "imge" is not a field here',
      'services/checkout/environments/dev.yaml:4:21 workload/wrong-value "A" has to be a string, not 1',
    ]);
  });

  it('is the name of a container that score.yaml does not have, and not the image that it lacks', () => {
    const { findings: found } = loadPlatform(
      examplePlatform(override('containers:\n  mian: { args: [a] }\n  nope: { args: [a] }\n')),
    );
    expect(found.map(({ line, column, message, hint }) => ({ line, column, message, hint }))).toEqual([
      { line: 2, column: 3, message: 'there is no container "mian" in score.yaml', hint: 'did you mean "main"?' },
      {
        line: 3,
        column: 3,
        message: 'there is no container "nope" in score.yaml',
        hint: 'one of "main"; or give it an `image:`',
      },
    ]);
  });

  it('that an override makes by taking something away is shown where it was', () => {
    expect(findings(override('containers: { main: { image: null } }\n'))).toEqual([
      'services/checkout/score.yaml:5:5 workload/missing-field "image" is missing',
    ]);
  });

  it.each(['a', '5', '- a', '', '# nothing\n'])('is an override that is no map: %j', (text) => {
    const all = findings(override(text));
    expect(all.every((finding) => finding.startsWith('services/checkout/environments/dev.yaml:1:1 workload/'))).toBe(
      true,
    );
  });

  it('is a name that Kubernetes does not take', () => {
    const base = exampleScore();
    const score = String(base['services/checkout/score.yaml']);
    expect(findings({ 'services/checkout/score.yaml': score.replace('  main:', '  Main_1:') })).toEqual([
      'services/checkout/score.yaml:4:3 workload/wrong-value "Main_1" cannot be a name here',
    ]);
    expect(
      findings({
        'services/checkout/score.yaml': `${score}service: { ports: { a_port: { port: 1 } } }\n`,
      }),
    ).toEqual(['services/checkout/score.yaml:10:21 workload/wrong-value "a_port" cannot be a name here']);
    expect(findings(exampleScore({ variable: '"A=B": c' }))).toEqual([
      'services/checkout/score.yaml:7:7 workload/wrong-value "A=B" cannot be a name here',
    ]);
  });

  it('is a second document', () => {
    const score = String(exampleScore()['services/checkout/score.yaml']);
    expect(findings({ 'services/checkout/score.yaml': `${score}---\n${score}` })).toEqual([
      'services/checkout/score.yaml:11:1 workload/wrong-value the file has 2 documents, but only the first one is read',
    ]);
  });
});

describe('a lock is untrusted input', () => {
  it.each<readonly [string, string]>([
    ['text', 'hello'],
    ['a list', '[]'],
    ['nothing', ''],
    ['two documents', `${lockHead}namespace: checkout\ninstances: {}\n---\n{}`],
    ['a name that leaves its folder', `${lockHead}namespace: ../../etc\ninstances: {}\n`],
    ['an instance behind a key with a line feed', `${lockHead}namespace: checkout\ninstances: { "db\\nx": null }\n`],
    ['an instance of a prototype', `${lockHead}namespace: checkout\ninstances: { __proto__: { name: x } }\n`],
    [
      'an id of another form',
      `${lockHead}namespace: checkout\ninstances: { db: { capability: database, id: i-1, name: x } }\n`,
    ],
    [
      'an image by tag',
      `${lockHead.replace('{}\n', '{}\n').replace('images: {}', 'images: { main: "a:latest" }')}namespace: checkout\ninstances: {}\n`,
    ],
    ['a file outside', `${lockHead}namespace: checkout\ninstances: {}\nfiles: { ../../x: managed }\n`],
    ['an alias bomb', `a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [${'*c, '.repeat(200)}]\n`],
  ])('%s is a finding in it, and nothing is thrown', (_, text) => {
    const all = findings(lock(text));
    expect(all).not.toEqual([]);
    for (const finding of all)
      expect(finding).toMatch(/^services\/checkout\/\.idp\/lock\.yaml:\d+:\d+ (lock|source)\//);
  });
});
