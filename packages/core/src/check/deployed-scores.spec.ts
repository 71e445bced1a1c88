import { describe, expect, it } from 'vitest';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { exampleRecord } from '../testing/example-record.ts';
import { type CommittedFile, deployedScores, filesOfDeployedScores } from './deployed-scores.ts';

const commit = 'a'.repeat(40);
const record = exampleRecord(commit);
const branchWith = (value: unknown) =>
  new Map([['dev', literalSnapshot({ '.idp/services/checkout.json': JSON.stringify(value) })]]);
const score = 'services/checkout/score.yaml';
const override = 'services/checkout/environments/dev.yaml';
/** The files of the commit; what is `undefined` is of a commit that is not here. */
const reading = (files: Readonly<Record<string, string>> | undefined) => (file: CommittedFile) => {
  if (files === undefined || file.commit !== commit) return undefined;
  const text = files[file.path];
  return text === undefined ? null : new TextEncoder().encode(text);
};
const text = 'apiVersion: score.dev/v1b1\nmetadata: { name: checkout }\nservice: { ports: { http: { port: 80 } } }\n';

describe('the Score file that a release was made of', () => {
  it('is that of the commit which the record names, with the override of the environment on top', () => {
    const branches = branchWith(record);
    expect(filesOfDeployedScores(branches)).toEqual(
      [score, override, 'services/checkout/environments/dev.yml'].map((path) => ({ commit, path })),
    );
    const plain = { apiVersion: 'score.dev/v1b1', kind: 'Workload', metadata: { name: 'checkout' } };
    expect(deployedScores(branches, reading({ [score]: text }))('checkout', 'dev')).toEqual({
      ...plain,
      service: { ports: { http: { port: 80 } } },
    });
    for (const path of [override, override.replace('.yaml', '.yml')])
      expect(
        deployedScores(branches, reading({ [score]: text, [path]: 'service: null\n' }))('checkout', 'dev'),
      ).toEqual(plain);
  });

  it('is nothing where the service is not deployed', () => {
    expect(deployedScores(branchWith(record), reading({}))('cart', 'dev')).toBeNull();
  });

  it.each([
    ['of which the branch is not here', new Map(), reading({ [score]: text })],
    ['of which the commit is not here', branchWith(record), reading(undefined)],
    ['that is not in the commit', branchWith(record), reading({})],
    ['that cannot be read', branchWith(record), reading({ [score]: 'a: [' })],
    ['of which the override cannot be read', branchWith(record), reading({ [score]: text, [override]: 'a: [' })],
    [
      'of which the record is no record',
      branchWith({ ...record, source: { commit: 'HEAD' } }),
      reading({ [score]: text }),
    ],
    ['of which the record is of another', branchWith({ ...record, service: 'cart' }), reading({ [score]: text })],
  ])('is not known: one %s', (_, branches, read) => {
    expect(deployedScores(branches, read)('checkout', 'dev')).toBeUndefined();
    expect(filesOfDeployedScores(branches).every((file) => file.commit === commit)).toBe(true);
  });
});
