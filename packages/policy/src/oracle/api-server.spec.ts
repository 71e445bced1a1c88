import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PolicyEvaluation } from '../evaluate/policy-evaluation.ts';
import { type Json, property, stringAt } from '../json.ts';
import { readPolicies } from '../policy/read-policies.ts';
import { type OracleCase, oracleCases, oracleNamespaces } from './oracle-cases.ts';

/**
 * What the API server's own admission says of each case: its packages (admission/plugin/policy/validating, generic and
 * matching, at the version in the file) were run over them, as a dispatcher over fake informers. Made anew by hand when a case is added.
 */
const golden: Json = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8'));

interface Verdict {
  readonly action: string;
  readonly message: string;
  readonly reason: string;
  readonly annotations: readonly string[];
}

const ERROR = 'an error';
/** What does not compile is refused when the policy is applied. */
const REFUSED: Verdict = { action: 'refused', message: '', reason: '', annotations: [] };

/** Our verdict, of the first violation with the strongest action. Texts of errors are each one's own. */
function ours({ policy, bindings, params, object, oldObject }: OracleCase): Verdict {
  const documents = [policy, ...bindings, ...params].map((document) => ({ path: 'a.yaml', document }));
  const { policies, problems } = readPolicies(documents);
  // A policy that nothing binds is taken, and judges nothing.
  if (problems.some(({ severity, code }) => severity === 'error' && code !== 'policy/unbound')) return REFUSED;
  const evaluation = new PolicyEvaluation(policies);
  const name = stringAt(object, 'metadata', 'namespace');
  const namespaceObject = oracleNamespaces.find((each) => stringAt(each, 'metadata', 'name') === name);
  const violations = evaluation.evaluate({ object, oldObject, namespaceObject });
  expect(violations.filter(({ kind }) => kind === 'inconclusive')).toEqual([]);
  const action = ['deny', 'warn', 'audit'].find((each) => violations.some((violation) => violation.action === each));
  const first = violations.find((violation) => violation.action === action);
  return {
    action: action ?? 'admit',
    message: first?.kind === 'error' ? ERROR : (first?.message ?? ''),
    reason: action === 'deny' ? (first?.reason ?? '') : '',
    annotations: evaluation.report().audit.map(({ key, value }) => `${key}: ${value}`),
  };
}

function theirs({ name }: OracleCase, message: string): Verdict {
  const result = property(property(golden, 'results'), name);
  if (result === undefined) throw new Error(`golden.json has no ${name}`);
  const denied = stringAt(result, 'denied');
  const messageRefused = property(result, 'messageRefused') === true;
  if (messageRefused || denied?.startsWith('compilation error')) return REFUSED;
  const [warned] = textsAt(result, 'warnings');
  const [failed] = textsAt(result, 'failures');
  const said = denied ?? warned ?? failed ?? '';
  return {
    action: denied !== undefined ? 'deny' : warned !== undefined ? 'warn' : failed !== undefined ? 'audit' : 'admit',
    message: message === ERROR && said !== '' ? ERROR : said,
    reason: stringAt(result, 'reason') ?? '',
    annotations: Object.entries(Object(property(result, 'annotations') ?? {})).map(
      ([key, value]) => `${key.slice(key.indexOf('/') + 1)}: ${value}`,
    ),
  };
}

function textsAt(value: Json, key: string): readonly string[] {
  const list = property(value, key);
  return Array.isArray(list) ? list.map(String) : [];
}

describe('the API server says the same', () => {
  it.each(oracleCases)('$name', (each) => {
    const verdict = ours(each);
    expect(verdict).toEqual(theirs(each, verdict.message));
  });
});

it('knows every case of the file, and says something of many', () => {
  const results = Object.entries(Object(property(golden, 'results')));
  expect(results.map(([name]) => name).sort()).toEqual(oracleCases.map(({ name }) => name).sort());
  expect(oracleCases.filter((each) => ours(each).action !== 'admit').length).toBeGreaterThan(40);
});
