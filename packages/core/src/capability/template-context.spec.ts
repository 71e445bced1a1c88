import { expect, it } from 'vitest';
import type { CapabilityDocument } from '../schema/capability.schema.ts';
import { checkTemplate } from '../template/check-template.ts';
import { parseTemplate } from '../template/template.ts';
import { deployContext, scaffoldContext } from './template-context.ts';

const capability: CapabilityDocument = {
  apiVersion: 'idp.internal/v1alpha1',
  kind: 'Capability',
  metadata: { name: 'example' },
  spec: { owner: 'group:default/team-data', lifecycle: 'production', provides: 'resource' },
};

function findingsOf(text: string, context: Parameters<typeof checkTemplate>[1]): readonly string[] {
  const { template } = parseTemplate({ path: 'template', text, mode: 'text' });
  if (template === undefined) throw new Error('the template of this test cannot be parsed');
  return checkTemplate(template, context).map(({ code }) => code);
}

// Rendering does not know a description: a schema that had it would let a template through that can never be rendered.
it('knows the description of a service where it is scaffolded, not where it is deployed', () => {
  expect(findingsOf('{{service.description}}', scaffoldContext(capability))).toEqual([]);
  expect(findingsOf('{{service.description}}', deployContext(capability, undefined))).toEqual([
    'template/unknown-path',
  ]);
  expect(findingsOf('{{service.title}}{{instance.name}}', deployContext(capability, undefined))).toEqual([]);
  expect(findingsOf('{{instance.name}}', scaffoldContext(capability))).toEqual(['template/unknown-path']);
});
