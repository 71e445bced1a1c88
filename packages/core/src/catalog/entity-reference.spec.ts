import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReference } from './entity-reference.ts';

function backstageReads(text: string, kind: string | undefined, namespace: string): string | undefined {
  try {
    const context = { defaultNamespace: namespace, ...(kind !== undefined && { defaultKind: kind }) };
    return stringifyEntityRef(parseEntityRef(text, context));
  } catch {
    return undefined;
  }
}

const part = fc.constantFrom('a', 'B', 'team-a', 'x.y_z', '', ':', '/', ' ', 'ä');
const text = fc.array(fc.oneof(part, fc.constantFrom(':', '/')), { maxLength: 6 }).map((parts) => parts.join(''));

describe('a reference', () => {
  it('means what it means to Backstage, where it can mean an entity at all', () => {
    fc.assert(
      fc.property(text, fc.option(fc.constantFrom('group', 'API'), { nil: undefined }), part, (written, kind, own) => {
        const namespace = /^[a-z.-]+$/.test(own) ? own : 'default';
        const ours = parseReference(written, { namespace, ...(kind !== undefined && { kind }) });
        const theirs = backstageReads(written, kind, namespace);
        // Names with a colon, a slash or a blank are none: Backstage takes them in a reference, and finds nothing.
        const isName = theirs !== undefined && /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(theirs);
        expect(ours).toBe(isName ? theirs : undefined);
      }),
      { numRuns: 2000 },
    );
  });
});
