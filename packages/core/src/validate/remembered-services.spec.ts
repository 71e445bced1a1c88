import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RememberedService, RememberedServices } from './remembered-services.ts';

const finding = { code: 'a/b', severity: 'error', message: 'm' } as const;
const name = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a', 'a"', 'a\n["b",', 'b', '__proto__', 'é'));
const shared = fc.record({ service: name, resource: name, type: name, id: name, owns: fc.boolean() });
const service: fc.Arbitrary<RememberedService> = fc.record({
  facts: fc.option(fc.record({ identities: fc.string(), declares: fc.string() }), { nil: undefined }),
  entity: fc.option(fc.string(), { nil: undefined }),
  reads: fc.array(name, { maxLength: 2 }),
  shares: fc.array(shared, { maxLength: 2 }),
  asks: fc.array(fc.string(), { maxLength: 2 }),
  findings: fc.constantFrom([], [finding]),
});
const services = fc.array(fc.tuple(name, service), { maxLength: 30 }).map((pairs) => new Map(pairs));

describe('the services that are remembered', () => {
  it('are what they were, for the first question and for the hundredth', () => {
    fc.assert(
      fc.property(services, name, (known, other) => {
        const remembered = new RememberedServices(RememberedServices.of(known));
        for (let round = 0; round < 3; round += 1) {
          for (const [key, value] of known) expect(remembered.get(key)).toEqual(value);
          expect(remembered.has(other)).toBe(known.has(other));
        }
      }),
    );
  });

  it('are as they were changed', () => {
    fc.assert(
      fc.property(services, service, (known, now) => {
        const [first] = known.keys();
        if (first === undefined) return;
        const facts = known.get(first)?.facts && now.facts;
        const changed = { ...now, facts, entity: known.get(first)?.entity };
        const remembered = RememberedServices.of(known).with(new Map([[first, changed]]));
        for (const [key, value] of known) expect(remembered.get(key)).toEqual(key === first ? changed : value);
        expect([...remembered.findings.values()].flat()).toHaveLength(
          [...known].flatMap(([key, value]) => (key === first ? changed : value).findings).length,
        );
      }),
    );
  });

  it('are nobody where a row is not one', () => {
    for (const rows of ['', '\n', '\nnull\n', '\n["a",\n', '\n["a",1,2]\n', '\n[["a",null,null]]\n']) {
      const remembered = new RememberedServices({ ...RememberedServices.of(new Map()), rows });
      for (let round = 0; round < 20; round += 1) remembered.get('a');
      expect(remembered.get('a')?.facts).toBeUndefined();
    }
  });
});
