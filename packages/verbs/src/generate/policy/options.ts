import { type PolicyOptions, policySubjects } from '@idp/core';
import { stringOption } from '../../options.ts';

const subjects = Object.keys(policySubjects) as (keyof typeof policySubjects)[];
const actions = ['deny', 'warn', 'audit'] as const;

/** What both doors give, as the generator takes it. */
export function policyOptions(options: Readonly<Record<string, unknown>>): PolicyOptions {
  const over = stringOption(options, 'over');
  const action = stringOption(options, 'action');
  return {
    name: stringOption(options, 'name') ?? '',
    owner: stringOption(options, 'owner') ?? '',
    pack: stringOption(options, 'pack'),
    over: subjects.find((subject) => subject === over) ?? 'components',
    action: actions.find((each) => each === action) ?? 'warn',
    title: stringOption(options, 'title'),
  };
}
