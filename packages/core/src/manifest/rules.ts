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
];
