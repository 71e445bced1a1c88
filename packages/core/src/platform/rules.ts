import { exampleGranted } from '../finding/example-files.ts';
import type { Rule } from '../finding/rule.ts';
import { documentRules } from '../schema/document-rules.ts';

const settings = (spec: string, metadata = '{ name: example }') => ({
  'idp.yaml': `apiVersion: idp.internal/v1alpha1
kind: Platform
metadata: ${metadata}
spec:
  defaults: { workload: web }
${spec}`,
});

/** idp.yaml. */
export const platformRules: readonly Rule[] = [
  ...documentRules('platform', '`idp.yaml`', {
    unknownField: { fails: settings('  banch: main\n'), passes: settings('  branch: main\n') },
    missingField: { fails: settings('', '{ title: Example }'), passes: settings('') },
    wrongValue: {
      fails: settings('  images: { registry: Registry Example }\n'),
      passes: settings('  images: { registry: registry.example.com/acme }\n'),
    },
  }),
  {
    code: 'platform/unused-grant',
    severity: 'warning',
    title: 'A grant is used by the capability that has it',
    why: 'A grant that nobody uses waits for whoever takes the name of the capability, or was misspelt and grants nothing.',
    mend: 'Take it back, or mend the name; the hint has the nearest one.',
    examples: {
      fails: settings('  grants: [{ capability: databse, kinds: [example.com/v1/Region] }]\n'),
      passes: exampleGranted('example.com/v1/Region'),
    },
  },
  {
    code: 'platform/invalid-schema',
    severity: 'error',
    title: '`environmentValues` is a JSON Schema (2020-12)',
    why: 'A misspelt keyword would check nothing. Patterns are in the syntax of RE2 and references stay inside the schema, so that no value can keep a check busy for ever.',
    mend: 'Mend the schema; see json-schema.org, version 2020-12.',
    examples: {
      fails: settings('  environmentValues: { type: nonsense }\n'),
      passes: settings('  environmentValues: { type: object }\n'),
    },
  },
];
