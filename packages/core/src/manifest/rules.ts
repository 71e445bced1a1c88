import type { Rule } from '../finding/rule.ts';

/** What files of Kubernetes manifests from anywhere can be wrong in, beside being no YAML. */
export const manifestRules: readonly Rule[] = [
  {
    code: 'manifest/template',
    severity: 'error',
    title: 'A manifest is YAML, not a template',
    why: 'What a template renders to is not known before its values are.',
    mend: 'Render it (`helm template`), and check the result.',
    when: '`idp check --resources=<folder>` reads the templates of a chart, with `{{ … }}` in them.',
  },
  {
    code: 'manifest/not-of-its-kind',
    severity: 'warning',
    title: 'A manifest says what its kind can say',
    why: 'A policy that wants at most eight replicas has nothing against `replcas: 9`: the object passes for the wrong reason, and the API server refuses it, or drops the field without a word.',
    mend: 'Mend the field or the value, or tell whose manifest it is.',
    when: '`idp check --resources=<folder>` reads an object of Kubernetes with a field that its kind does not have, a value that the field cannot have, or of a kind or version that does not exist any more. Fields that are missing are not looked for, and of kinds of operators nothing is known.',
  },
];
