import type { Finding } from '@idp/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFinding } from '../testing/hostile.ts';
import { alikeText, groupByCause } from './group-by-cause.ts';

const at = { code: 'policy/limits', severity: 'error', path: 'capabilities/web/patches/deployment.yaml' } as const;
const inService = (name: string, added: Partial<Finding> = {}): Finding => ({
  ...at,
  line: 4,
  column: 3,
  subject: `service:${name}`,
  message: `Deployment ${name}: no limits`,
  ...added,
});
const shapeOf = (findings: readonly Finding[]) =>
  groupByCause(findings).map(({ finding, alike }) => [finding.message, alike.length]);

describe('groupByCause', () => {
  it('makes one of a mistake that a template carries into 300 services', () => {
    const findings = Array.from({ length: 300 }, (_, index) =>
      inService(`s${index}`, { path: `services/s${index}/score.yaml`, cause: 'limits web.yaml:4' }),
    );
    expect(shapeOf(findings)).toEqual([['Deployment s0: no limits', 299]]);
  });

  it('needs no cause where the same rule points at the same place for different subjects', () => {
    expect(shapeOf([inService('a'), inService('b'), inService('c', { line: 5 })])).toEqual([
      ['Deployment a: no limits', 1],
      ['Deployment c: no limits', 0],
    ]);
  });

  it.each([
    ['another rule', { code: 'policy/other' }],
    ['another severity', { severity: 'warning' as const }],
    ['another hint', { hint: 'mend it elsewhere' }],
    ['a waiver', { waived: { path: 'policies/waivers/b.yaml', reason: 'legacy' } }],
  ])('keeps apart what differs by %s', (_, added) => {
    expect(groupByCause([inService('a'), inService('b', added)])).toHaveLength(2);
  });

  it('keeps apart two things that are said of one subject', () => {
    expect(groupByCause([inService('a'), inService('a', { message: 'something else' })])).toHaveLength(2);
    const { subject: _, ...nobody } = inService('a');
    expect(groupByCause([nobody, { ...nobody, message: 'something else' }])).toHaveLength(2);
  });

  it('loses nothing and shows nothing twice, whatever it is given', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 20 }), (findings) => {
        const shown = groupByCause(findings).flatMap(({ finding, alike }) => [finding, ...alike]);
        expect(new Set(shown)).toEqual(new Set(findings));
        expect(shown).toHaveLength(findings.length);
      }),
    );
  });
});

describe('alikeText', () => {
  const textOf = (...names: readonly string[]) =>
    groupByCause(names.map((name) => inService(name, { cause: 'c' }))).map(alikeText);

  it('names the others, and counts those for whom there is no room', () => {
    expect(textOf('a')).toEqual(['']);
    expect(textOf('a', 'b')).toEqual(['1 more of the same cause, in b']);
    expect(textOf('a', 'b', 'c')).toEqual(['2 more of the same cause, in b and c']);
    expect(textOf(...'abcdefg')).toEqual(['6 more of the same cause, in b, c, d, e, f and g']);
    expect(textOf(...'abcdefgh')).toEqual(['7 more of the same cause, in b, c, d, e, f and 2 others']);
  });

  it('says how often a mistake shows in one service', () => {
    expect(textOf('a', 'a', 'a')).toEqual(['2 more of the same cause']);
  });
});
