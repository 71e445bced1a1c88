import { check } from './check/verb.ts';
import { generatorVerbs } from './generate/verb.ts';
import { lock } from './lock/verb.ts';
import { plan } from './plan/verb.ts';
import { promote } from './promote/verb.ts';
import { render } from './render/verb.ts';
import { status } from './status/verb.ts';
import { validate } from './validate/verb.ts';
import type { Verb } from './verb.ts';

/** Every verb, in the order in which people use them. */
export const verbs: readonly Verb[] = [...generatorVerbs, lock, validate, check, render, plan, promote, status];

export function findVerb(name: string): Verb | undefined {
  return verbs.find((verb) => verb.name === name);
}
