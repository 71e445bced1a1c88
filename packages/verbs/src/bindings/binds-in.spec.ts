import { environmentLabel, type Json } from '@idp/core';
import { describe, expect, it } from 'vitest';
import { bindsIn } from './binds-in.ts';

const key = environmentLabel;
const binding = (namespaceSelector: Json) => ({ spec: { matchResources: { namespaceSelector } } });
const expression = (operator: string, ...values: readonly string[]) => ({
  matchExpressions: [{ key, operator, values }],
});

describe('a binding is about an environment', () => {
  it.each<[string, Json]>([
    ['without a selector', null],
    ['that its label names', { matchLabels: { [key]: 'dev' } }],
    ['that is among the values', expression('In', 'prod', 'dev')],
    ['that is not among the values', expression('NotIn', 'prod')],
    ['whatever it is called', expression('Exists')],
    ['when the selector is about other labels', { matchLabels: { team: 'a' }, matchExpressions: [{ key: 'b' }] }],
    ['when the label is no text, which is said elsewhere', { matchLabels: { [key]: 1 } }],
  ])('%s', (_, selector) => {
    expect(bindsIn(binding(selector), 'dev')).toBe(true);
  });

  it.each<[string, Json]>([
    ['of another name', { matchLabels: { [key]: 'prod' } }],
    ['that is not among the values', expression('In', 'prod')],
    ['among no values', expression('In')],
    ['that is left out', expression('NotIn', 'dev')],
    ['by the lack of its label', expression('DoesNotExist')],
    ['by one of its two requirements', { matchLabels: { [key]: 'dev' }, ...expression('NotIn', 'dev') }],
  ])('but not: %s', (_, selector) => {
    expect(bindsIn(binding(selector), 'dev')).toBe(false);
  });
});
