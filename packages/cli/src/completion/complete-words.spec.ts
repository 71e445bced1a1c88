import { verbs } from '@idp/verbs/door';
import { describe, expect, it } from 'vitest';
import { completeWords, type NamesOf } from './complete-words.ts';

const names: NamesOf = (kind) =>
  ({
    service: ['checkout', 'payments'],
    capability: ['postgres'],
    environment: ['dev', 'prod'],
    policy: ['no-latest-tag'],
  })[kind];
const complete = (line: string) => completeWords(line.split(' ').slice(1), verbs, names);

describe('completeWords', () => {
  it('offers verbs, each first word once', () => {
    const all = complete('idp ');
    expect(all).toEqual([...new Set(all)]);
    expect(all).toEqual(expect.arrayContaining(['g', 'validate', 'help', 'completion']));
    expect(complete('idp va')).toEqual(['validate']);
  });

  it.each(['idp g ', 'idp generate ', 'idp help g '])('offers generators after %j', (line) => {
    expect(complete(line)).toEqual(expect.arrayContaining(['service', 'add']));
    expect(complete(line)).not.toContain('validate');
  });

  it.each([
    ['idp g add ', ['checkout', 'payments']],
    ['idp g add checkout ', ['postgres']],
    ['idp g waiver no', ['no-latest-tag']],
    ['idp g add checkout postgres ', []],
    ['idp g add --as=db checkout p', ['postgres']],
    ['idp lock checkout pay', ['payments']],
    ['idp g service ', []],
    ['idp completion ', ['bash', 'zsh', 'fish']],
    ['idp completion bash ', []],
  ])('offers names where a schema takes them: %j', (line, expected) => {
    expect(complete(line)).toEqual(expected);
  });

  it('offers options with their values', () => {
    expect(complete('idp validate --s')).toEqual(['--service=', '--since=', '--store=']);
    expect(complete('idp promote --dry')).toEqual(['--dry-run']);
    expect(complete('idp promote --to=')).toEqual(['--to=dev', '--to=prod']);
    expect(complete('idp validate --format=s')).toEqual(['--format=sarif']);
    expect(complete('idp validate --root=')).toEqual([]);
  });

  it('offers an option once, unless it takes many', () => {
    expect(complete('idp validate --since=main --since')).toEqual([]);
    expect(complete('idp validate --service=checkout --serv')).toEqual(['--service=']);
  });

  it.each(['idp nothing ', 'idp nothing --', 'idp g nothing ', 'idp validate --constructor='])(
    'has nothing to offer after %j',
    (line) => {
      expect(complete(line)).toEqual([]);
    },
  );
});
