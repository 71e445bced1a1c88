import { literalSnapshot, readSource } from '@idp/core';
import { expect, it } from 'vitest';
import { annotationFindings } from './annotation-findings.ts';

function findingsOf(annotations: string, kind = 'ValidatingAdmissionPolicy') {
  const snapshot = literalSnapshot({
    'policies/a.yaml': `kind: ${kind}\nmetadata:\n  name: limits\n  annotations:\n    ${annotations}\n`,
  });
  return annotationFindings(snapshot.list().flatMap((entry) => readSource(snapshot, entry).source ?? []));
}

it('finds the annotation of ours that nothing reads, with the nearest that is read', () => {
  expect(findingsOf('idp.internal/waivabel: "false"')).toMatchObject([
    {
      code: 'policy/annotation',
      severity: 'error',
      message: 'nothing reads the annotation "idp.internal/waivabel"',
      hint: 'did you mean "idp.internal/waivable"?',
      path: 'policies/a.yaml',
      line: 5,
    },
  ]);
});

it.each([
  ['idp.internal/waivable: "no"', 'write "true" or "false"'],
  ['idp.internal/waiver-days: "30d"', 'write a number of days, such as "90"'],
  ['idp.internal/owner: ""', 'say it in words, or leave it out'],
])('finds %s, which says nothing', (annotation, hint) => {
  expect(findingsOf(annotation)).toMatchObject([{ hint }]);
});

it.each([
  'idp.internal/waivable: "false"',
  'idp.internal/waiver-days: "1825"',
  'idp.internal/owner: group:default/team-sre',
  'acme.example/whatever: x',
])('takes %s', (annotation) => {
  expect(findingsOf(annotation)).toEqual([]);
});

it('says nothing of what is no policy', () => {
  expect(findingsOf('idp.internal/v: "1"', 'ConfigMap')).toEqual([]);
});
