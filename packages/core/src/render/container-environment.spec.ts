import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json/json.ts';
import { property } from '../json/json.ts';
import { build } from '../provenance/build.ts';
import { traceSource } from '../provenance/trace-source.ts';
import { child, Traced, toJson } from '../provenance/traced.ts';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { readSource } from '../source/source.ts';
import { containerStrings } from './container-environment.ts';
import type { EnvVar } from './kubernetes.ts';
import type { Lookup } from './secret-value.ts';

/** What stands in the Secrets of the cluster. */
const secrets: Readonly<Record<string, string>> = {
  'db-app password': 'p$(HOST)$$x',
  'db-app user': 'me',
  'other token': '$(TOKEN)',
};
const secretOutputs: Readonly<Record<string, readonly [string, string]>> = {
  password: ['db-app', 'password'],
  user: ['db-app', 'user'],
  token: ['other', 'token'],
};
/** Values that begin or end with what Kubernetes would read. */
const values: Readonly<Record<string, string | number>> = { host: 'db.svc', port: 5432, open: '(HOST)', dollar: '$' };

function scoreOf(container: Json): Traced {
  const snapshot = literalSnapshot({ 'services/a/score.yaml': JSON.stringify(container) });
  const entry = snapshot.entry('services/a/score.yaml');
  const source = entry && readSource(snapshot, entry).source;
  if (source === undefined) throw new Error('the test wrote no document');
  return traceSource(source);
}

function convert(container: { readonly [key: string]: Json }) {
  const node = scoreOf(container);
  const lookup: Lookup = ([, , name = '']) => {
    const secret = secretOutputs[name];
    if (secret !== undefined) return { kind: 'secret', name: secret[0], key: secret[1], origin: node.origin };
    const value = values[name];
    return value === undefined ? undefined : { kind: 'value', node: new Traced(value, node.origin) };
  };
  const strings = containerStrings(
    { variables: child(node, 'variables'), command: child(node, 'command'), args: child(node, 'args') },
    lookup,
  );
  return {
    env: strings.env.map((variable: EnvVar) => toJson(build(variable, node.origin))),
    command: strings.command?.map(toJson),
    args: strings.args?.map(toJson),
  };
}

/**
 * Kubernetes' expansion, written anew from its description (API reference, EnvVar `value` and Container `args`): `$$`
 * is one `$`, `$(NAME)` is the variable's value and stays as it is when there is none; every other `$` is itself.
 */
function expand(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (known.get(name) ?? whole),
  );
}

/** What the container sees: variables in their order, each expanded by those before it. */
function environmentOf(env: readonly Json[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const variable of env) {
    const name = String(property(variable, 'name'));
    const from = property(property(variable, 'valueFrom'), 'secretKeyRef');
    const value =
      from === undefined
        ? expand(String(property(variable, 'value') ?? ''), known)
        : (secrets[`${String(property(from, 'name'))} ${String(property(from, 'key'))}`] ?? 'no such secret');
    known.set(name, value);
  }
  return known;
}

/** A string of a Score file, and what it means. */
type Piece = readonly [written: string, meant: string];
const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.constantFrom<Piece>(
    ['$(HOST)', '$(HOST)'],
    ['$(A)', '$(A)'],
    ['$(SECRET_DB_APP_PASSWORD)', '$(SECRET_DB_APP_PASSWORD)'],
    ['$$', '$'],
    ['$(', '$('],
    [')', ')'],
    ['x', 'x'],
    ['$', '$'],
    ['$y', '$y'],
    ['(', '('],
  ),
  fc.constantFrom(...Object.keys(values)).map((name): Piece => [`\${resources.db.${name}}`, String(values[name])]),
  fc
    .constantFrom(...Object.entries(secretOutputs))
    .map(([name, [secret, key]]): Piece => [`\${resources.db.${name}}`, secrets[`${secret} ${key}`] ?? '']),
);
const text = fc
  .array(piece, { maxLength: 6 })
  .map((pieces) => {
    const kept: Piece[] = [];
    for (const [written, meant] of pieces) {
      // A `$` of its own before `$` or `{` would be read as another placeholder: written as `$$` there.
      const last = kept.at(-1);
      if (last !== undefined && /(^|[^$])\$$/.test(last[0]) && /^[${]/.test(written))
        kept[kept.length - 1] = [`${last[0]}$`, last[1]];
      kept.push([written, meant]);
    }
    return { written: kept.map(([written]) => written).join(''), meant: kept.map(([, meant]) => meant).join('') };
  })
  .filter(({ written }) => !written.includes('$$$$$'));
const names = fc.constantFrom('A', 'HOST', 'Z', 'SECRET_DB_APP_PASSWORD', 'SECRET_OTHER_TOKEN', 'SECRET_OTHER_TOKEN_2');

describe('containerStrings', () => {
  it('gives the container exactly what the Score file says, with the secrets put in', () => {
    fc.assert(
      fc.property(
        fc.dictionary(names, text, { maxKeys: 4 }),
        fc.array(text, { maxLength: 3 }),
        fc.array(text, { maxLength: 3 }),
        (variables, command, args) => {
          const made = convert({
            variables: Object.fromEntries(Object.entries(variables).map(([name, { written }]) => [name, written])),
            command: command.map(({ written }) => written),
            args: args.map(({ written }) => written),
          });
          const seen = environmentOf(made.env);
          for (const [name, { meant }] of Object.entries(variables)) expect(seen.get(name)).toBe(meant);
          expect(made.command?.map((part) => expand(String(part), seen))).toEqual(command.map(({ meant }) => meant));
          expect(made.args?.map((part) => expand(String(part), seen))).toEqual(args.map(({ meant }) => meant));
          const all = made.env.map((variable) => property(variable, 'name'));
          expect(new Set(all).size).toBe(all.length);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('refers to a secret that is the whole value', () => {
    expect(convert({ variables: { DB_PASSWORD: '${resources.db.password}' } }).env).toEqual([
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db-app', key: 'password' } } },
    ]);
  });

  it('puts a secret inside a longer text by an earlier variable, named once however often it is used', () => {
    expect(
      convert({
        variables: { A_URL: 'pg://${resources.db.user}:${resources.db.password}@${resources.db.host}' },
        args: ['--password=${resources.db.password}', '${resources.db.user}'],
      }),
    ).toEqual({
      env: [
        { name: 'SECRET_DB_APP_PASSWORD', valueFrom: { secretKeyRef: { name: 'db-app', key: 'password' } } },
        { name: 'SECRET_DB_APP_USER', valueFrom: { secretKeyRef: { name: 'db-app', key: 'user' } } },
        { name: 'A_URL', value: 'pg://$(SECRET_DB_APP_USER):$(SECRET_DB_APP_PASSWORD)@db.svc' },
      ],
      command: undefined,
      args: ['--password=$(SECRET_DB_APP_PASSWORD)', '$(SECRET_DB_APP_USER)'],
    });
  });

  it('takes another name where the user has one already', () => {
    const { env } = convert({
      variables: { SECRET_OTHER_TOKEN: 'mine', SECRET_OTHER_TOKEN_2: 'mine too', URL: 'x${resources.db.token}' },
    });
    expect(env.map((variable) => property(variable, 'name'))).toEqual([
      'SECRET_OTHER_TOKEN_3',
      'SECRET_OTHER_TOKEN',
      'SECRET_OTHER_TOKEN_2',
      'URL',
    ]);
  });

  it('escapes a `$` that meets what makes it a variable only after the values are put in', () => {
    expect(convert({ args: ['$$${resources.db.open}${resources.db.user}'] }).args).toEqual([
      '$$(HOST)$(SECRET_DB_APP_USER)',
    ]);
    expect(convert({ args: ['${resources.db.dollar}${resources.db.user}'] }).args).toEqual(['$$$(SECRET_DB_APP_USER)']);
  });

  it('writes a number as text', () => {
    expect(convert({ variables: { PORT: '${resources.db.port}' } }).env).toEqual([{ name: 'PORT', value: '5432' }]);
  });
});
