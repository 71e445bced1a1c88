import { verbs } from '@idp/verbs/door';
import { describe, expect, it } from 'vitest';
import { parseArguments } from './parse-arguments.ts';
import { requestedFormat } from './requested-format.ts';

function optionsOf(line: string): unknown {
  const parsed = parseArguments(words(line));
  return parsed.kind === 'verb' ? parsed.options : parsed;
}

/** What a shell makes of a line, as far as our examples need one. */
function words(line: string): readonly string[] {
  return line.split(' ').filter((word) => word !== '');
}

describe('parseArguments', () => {
  it.each([
    ['', 'overview'],
    ['--help', 'overview'],
    ['-h', 'overview'],
    ['help', 'overview'],
    ['help promote', 'help'],
    ['help g service', 'help'],
    ['help help', 'overview'],
    ['help nonsense', 'usage'],
    ['--version', 'version'],
    ['-v', 'version'],
    ['validate --help', 'help'],
    ['g service -h', 'help'],
    ['g --help', 'overview'],
    ['help g', 'overview'],
    ['completion --help', 'completion-help'],
    ['completion bash -h', 'completion-help'],
    ['generate service checkout --help', 'help'],
  ])('takes %j for %s', (line, kind) => {
    expect(parseArguments(words(line)).kind).toBe(kind);
  });

  it.each([
    ['validate', {}],
    ['validate --service=a,b --service c', { service: ['a', 'b', 'c'] }],
    ['render checkout ledger --environment=dev', { service: ['checkout', 'ledger'], environment: ['dev'] }],
    ['render -- --odd', { service: ['--odd'] }],
    ['promote --to dev --dry-run --retries 0', { to: 'dev', dryRun: true, retries: 0 }],
    ['promote --to=dev --no-dry-run', { to: 'dev', dryRun: false }],
    ['promote --to=dev --dry-run=false', { to: 'dev', dryRun: false }],
    ['promote --to=dev --dryRun', { to: 'dev', dryRun: true }],
    ['promote --to=dev --retries=many', { to: 'dev', retries: 'many' }],
    ['promote --to=dev --to=staging', { to: 'staging' }],
    ['promote --to=a=b', { to: 'a=b' }],
    ['g service checkout --owner=team-payments', { name: 'checkout', owner: 'team-payments' }],
    ['generate add checkout postgres --as=db', { service: 'checkout', capability: 'postgres', as: 'db' }],
    [
      'g add a b --size=small --replicas=3 --monitoring=false --backups --version=017',
      { service: 'a', capability: 'b', size: 'small', replicas: 3, monitoring: false, backups: true, version: '017' },
    ],
    [
      'g add a b --labels={"team":"x","ports":[1]} --zones ["eu"] --zones=[] --tag="5" --ref=${a.b}',
      { service: 'a', capability: 'b', labels: { team: 'x', ports: [1] }, zones: [], tag: '5', ref: '${a.b}' },
    ],
  ])('reads %j', (line, options) => {
    expect(optionsOf(line)).toEqual(options);
  });

  it.each([
    ['validte', 'unknown-verb', 'did you mean "validate"?'],
    ['g', 'unknown-verb', 'one of "g service", "g add"'],
    ['g --owner=x', 'unknown-verb', 'one of "g service", "g add"'],
    ['g srvice checkout', 'unknown-verb', 'did you mean "g service"?'],
    ['__proto__', 'unknown-verb', '`idp --help` shows all'],
    ['promote --tp=dev', 'unknown-option', 'did you mean "--to"?'],
    ['g service --__proto__=x', 'unknown-option', '`idp g service --help` shows what there is'],
    ['promote -x', 'unknown-option', '`idp promote --help` shows what there is'],
    ['promote --to', 'missing-value', '`idp promote --help` shows what there is'],
    ['promote --to --dry-run', 'missing-value', '`idp promote --help` shows what there is'],
    ['promote --to=dev --service=', 'missing-value', '`idp promote --help` shows what there is'],
    ['g add a b --labels={team:x}', 'malformed-value', `\`--labels='{"key": "value"}'\``],
    ['g add a b --zones=[', 'malformed-value', 'single quotes'],
    ['g service a b', 'too-many-arguments', '`idp g service --help` shows what there is'],
  ])('refuses %j as %s', (line, code, hint) => {
    expect(parseArguments(words(line))).toMatchObject({ kind: 'usage', code, hint: expect.stringContaining(hint) });
  });

  it('sets no prototype by a free option', () => {
    const parsed = parseArguments(['g', 'add', 'a', 'b', '--__proto__=x']);
    expect(parsed).toMatchObject({ kind: 'verb' });
    expect(parsed.kind === 'verb' && Object.hasOwn(parsed.options, '__proto__')).toBe(true);
  });
});

describe('every verb', () => {
  it.each(verbs.map((verb) => [verb.name, verb] as const))('%s has examples that can be typed', (name, { schema }) => {
    expect(schema.examples?.length).toBeGreaterThan(0);
    for (const { command, description } of schema.examples ?? []) {
      expect(description).not.toBe('');
      if (command.startsWith('nx ')) continue;
      expect(command.startsWith(`idp ${name}`)).toBe(true);
      // What comes after a pipe is another program's.
      const parsed = parseArguments(words(command.split(' | ')[0] ?? '').slice(1));
      expect([command, parsed.kind]).toEqual([command, 'verb']);
      for (const option of schema.required ?? [])
        expect(parsed.kind === 'verb' && Object.keys(parsed.options)).toContain(option);
    }
  });

  it.each(verbs.map((verb) => [verb.name, verb] as const))('%s takes --root and --format', (_, { schema }) => {
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(['root', 'format']));
    expect(schema.properties['format']?.['enum']).toEqual(
      expect.arrayContaining(['pretty', 'json', 'github', 'markdown']),
    );
  });
});

it.each([
  ['validate --format=json', 'json'],
  ['validate --format json', 'json'],
  ['validate --format=pretty --format=json', 'json'],
  ['validte --oops --format=json', 'json'],
  ['validate', undefined],
  ['validate --format', undefined],
])('requestedFormat finds the format in %j', (line, format) => {
  expect(requestedFormat(words(line))).toBe(format);
});
