import catalog from './catalog/schema.json' with { type: 'json' };
import check from './check/schema.json' with { type: 'json' };
import explain from './explain/schema.json' with { type: 'json' };
import exportSchema from './export/schema.json' with { type: 'json' };
import add from './generate/add/schema.json' with { type: 'json' };
import capability from './generate/capability/schema.json' with { type: 'json' };
import environment from './generate/environment/schema.json' with { type: 'json' };
import policy from './generate/policy/schema.json' with { type: 'json' };
import service from './generate/service/schema.json' with { type: 'json' };
import waiver from './generate/waiver/schema.json' with { type: 'json' };
import init from './init/schema.json' with { type: 'json' };
import lock from './lock/schema.json' with { type: 'json' };
import plan from './plan/schema.json' with { type: 'json' };
import promote from './promote/schema.json' with { type: 'json' };
import render from './render/schema.json' with { type: 'json' };
import schemas from './schemas/schema.json' with { type: 'json' };
import status from './status/schema.json' with { type: 'json' };
import test from './test/schema.json' with { type: 'json' };
import validate from './validate/schema.json' with { type: 'json' };
import type { OptionSchema, Verb } from './verb.ts';

/**
 * Every verb, in the order in which people use them. What a verb runs is imported when it runs: to show help, or to
 * add a service, nobody should wait until policies and templates have been loaded.
 */
export const verbs: readonly Verb[] = [
  lazily('init', init, async () => (await import('./init/verb.ts')).init),
  generator('service', service),
  generator('add', add),
  generator('capability', capability),
  generator('environment', environment),
  generator('policy', policy),
  generator('waiver', waiver),
  lazily('lock', lock, async () => (await import('./lock/verb.ts')).lock),
  lazily('schemas', schemas, async () => (await import('./schemas/verb.ts')).schemas),
  lazily('test', test, async () => (await import('./test/verb.ts')).test),
  lazily('validate', validate, async () => (await import('./validate/verb.ts')).validate),
  lazily('catalog', catalog, async () => (await import('./catalog/verb.ts')).catalog),
  lazily('check', check, async () => (await import('./check/verb.ts')).check),
  lazily('explain', explain, async () => (await import('./explain/verb.ts')).explain),
  lazily('render', render, async () => (await import('./render/verb.ts')).render),
  lazily('export', exportSchema, async () => (await import('./export/verb.ts')).exportVerb),
  lazily('plan', plan, async () => (await import('./plan/verb.ts')).plan),
  lazily('promote', promote, async () => (await import('./promote/verb.ts')).promote),
  lazily('status', status, async () => (await import('./status/verb.ts')).status),
];

export function findVerb(name: string): Verb | undefined {
  return verbs.find((verb) => verb.name === name);
}

function lazily(name: string, schema: OptionSchema, load: () => Promise<Pick<Verb, 'run'>>): Verb {
  return { name, schema, run: async (options, context) => (await load()).run(options, context) };
}

function generator(name: string, schema: OptionSchema): Verb {
  return lazily(`g ${name}`, schema, async () => {
    const { generatorOf } = await import('./generate/generate.ts');
    return (await import('./generate/generator-verb.ts')).generatorVerb(generatorOf(name));
  });
}
