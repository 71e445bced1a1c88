import { describe, expect, it } from 'vitest';
import { checkOptions } from './check-options.ts';
import { dashed } from './dashed.ts';
import type { OptionSchema } from './verb.ts';

const schema: OptionSchema = {
  $schema: 'https://json-schema.org/draft-07/schema',
  $id: 'idp-example',
  title: 'idp example',
  description: 'An example.',
  type: 'object',
  properties: {
    to: { type: 'string', description: 'The environment.' },
    service: { type: 'array', items: { type: 'string' }, default: [] },
    retries: { type: 'integer', minimum: 0, default: 3 },
    dryRun: { type: 'boolean', default: false },
  },
  required: ['to'],
  additionalProperties: false,
  examples: [],
};
const open: OptionSchema = { ...schema, $id: 'idp-open', additionalProperties: true };

describe('checkOptions', () => {
  it('fills in defaults, and leaves what was given', () => {
    expect(checkOptions(schema, { to: 'dev', retries: 0 })).toEqual({
      options: { to: 'dev', service: [], retries: 0, dryRun: false },
      findings: [],
    });
  });

  it('makes a list of one where a list is asked for', () => {
    expect(checkOptions(schema, { to: 'dev', service: 'checkout' }).options).toMatchObject({ service: ['checkout'] });
  });

  it('takes a choice in any case, alone and in a list, and names the list where it is none', () => {
    const choices: OptionSchema = {
      ...schema,
      $id: 'idp-choices',
      properties: {
        kind: { type: 'array', items: { type: 'string', enum: ['api', 'resource'] } },
        format: { type: 'string', enum: ['json'] },
      },
      required: [],
    };
    expect(checkOptions(choices, { kind: ['API', 'Resource'], format: 'JSON' })).toEqual({
      options: { kind: ['api', 'resource'], format: 'json' },
      findings: [],
    });
    expect(checkOptions(choices, { kind: ['resorce'] }).findings).toMatchObject([
      { message: '--kind: an item of "kind" is "resorce", which is not allowed' },
    ]);
  });

  it('says what is missing, by what it is for', () => {
    expect(checkOptions(schema, {}).findings).toEqual([
      {
        code: 'usage/option',
        severity: 'error',
        message: '--to is missing',
        hint: 'The environment.',
        subject: 'option:to',
      },
    ]);
  });

  it('says what is not an option, with the nearest', () => {
    expect(checkOptions(schema, { to: 'dev', dryRum: true }).findings).toMatchObject([
      { message: '--dry-rum is not an option', hint: 'did you mean "dryRun"?' },
    ]);
  });

  it('says what has another type', () => {
    const { findings } = checkOptions(schema, { to: 'dev', retries: 'many', dryRun: 'perhaps' });
    expect(findings.map(({ message }) => message)).toEqual([
      '--retries: "retries" has to be an integer, not "many"',
      '--dry-run: "dryRun" has to be a boolean, not "perhaps"',
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('treats %s like any other name', (name) => {
    const given: Readonly<Record<string, unknown>> = JSON.parse(`{ "to": "dev", ${JSON.stringify(name)}: { "x": 1 } }`);
    const refused = checkOptions(schema, given);
    expect(refused.findings).toMatchObject([{ subject: `option:${name}` }]);
    const { options, findings } = checkOptions(open, given);
    expect(findings).toEqual([]);
    expect(Object.hasOwn(options, name)).toBe(true);
    expect(Object.getPrototypeOf(options)).toBe(Object.prototype);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });

  it('reads no option from a prototype', () => {
    expect(checkOptions(schema, Object.create({ to: 'dev' })).findings).toMatchObject([{ message: '--to is missing' }]);
  });

  it('counts an option without a value as not given', () => {
    expect(checkOptions(schema, { to: 'dev', retries: undefined }).options).toMatchObject({ retries: 3 });
  });
});

it.each([
  ['dryRun', 'dry-run'],
  ['to', 'to'],
])('dashed: %s is written --%s', (name, option) => {
  expect(dashed(name)).toBe(option);
});
