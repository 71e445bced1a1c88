import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplePlan } from '../testing/example-plan.ts';
import { anyPlan, obeyedByTerminals, ownColours } from '../testing/hostile.ts';
import { prettyPlan } from './pretty-plan.ts';

describe('prettyPlan', () => {
  it('shows a summary, then the objects and fields of each service and environment', async () => {
    await expect(prettyPlan(examplePlan, { colour: false })).toMatchFileSnapshot('./__golden__/plan.txt');
  });

  it('colours what comes, goes and changes', async () => {
    const text = prettyPlan(
      { compared: 1, notPlanned: [], services: examplePlan.services.slice(0, 1) },
      { colour: true },
    );
    await expect(JSON.stringify(text.split('\n'), null, 2)).toMatchFileSnapshot('./__golden__/plan.colour.json');
  });

  it('says what was compared when nothing changes', () => {
    expect(prettyPlan({ services: [], compared: 12, notPlanned: [] }, { colour: false })).toBe(
      'No environment changes: compared 12 service-environment pairs\n',
    );
    expect(prettyPlan({ services: [], compared: 1, notPlanned: [] }, { colour: false })).toBe(
      'No environment changes: compared 1 service-environment pair\n',
    );
  });

  it('never calls it no change when nothing was compared', () => {
    expect(prettyPlan({ services: [], compared: 0, notPlanned: [] }, { colour: false })).toBe(
      'Nothing was compared: 0 service-environment pairs\n',
    );
  });

  it('never calls it no change when a service could not be planned, and names it', () => {
    const text = (
      compared: number,
      services = examplePlan.services.slice(0, 0),
      notPlanned = ['checkout', 'invoices'],
    ) => prettyPlan({ services, compared, notPlanned }, { colour: false }).split('\n').at(-2);
    const named = 'not planned because of findings: checkout, invoices';
    expect(text(0)).toBe(`Nothing was compared: 0 service-environment pairs; ${named}`);
    expect(text(3)).toBe(`0 of 3 service-environment pairs change; ${named}`);
    expect(text(3, examplePlan.services.slice(0, 1))).toBe(`1 of 3 service-environment pairs changes; ${named}`);
    const many = Array.from({ length: 1_000 }, (_, index) => `service-${index}`);
    expect(text(0, [], many)).toMatch(/findings: service-0, .*, service-\d+ and \d{3} more$/);
    expect(text(0, [], ['x'.repeat(201)])).toMatch(/because of findings: 1 service$/);
  });

  it('says what promotion does with what a plan deletes, and only then', () => {
    const note = 'Promotion keeps what is no longer rendered: this version deletes no manifest.';
    const lines = (services: typeof examplePlan.services) =>
      prettyPlan({ services, compared: 3, notPlanned: [] }, { colour: false }).split('\n');
    expect(lines(examplePlan.services.slice(0, 1))).toContain(note);
    expect(lines(examplePlan.services.slice(1))).not.toContain(note);
  });

  it('hides the data of a Secret, also when the whole object is replaced, and nothing else', () => {
    const plan = (object: string, pointer: string) =>
      prettyPlan(
        {
          compared: 1,
          notPlanned: [],
          services: examplePlan.services.slice(0, 1).map((service) => ({
            ...service,
            changes: [
              {
                object,
                target: 'eu',
                path: 'p',
                kind: 'updated',
                fields: [{ kind: 'added', pointer, after: 'hunter2' }],
              },
            ],
          })),
        },
        { colour: false },
      );
    for (const pointer of ['', '/data', '/data/a', '/stringData/a'])
      expect(plan('v1 Secret a/b', pointer)).not.toContain('hunter2');
    expect(plan('v1 Secret a/b', '/database')).toContain('hunter2');
    expect(plan('v1 ConfigMap a/b', '/data/password')).toContain('hunter2');
  });

  it('names the target of an object where the environment has several', () => {
    const plan = (targets: readonly string[]) =>
      prettyPlan(
        {
          compared: 1,
          notPlanned: [],
          services: examplePlan.services.slice(0, 1).map((service) => ({
            ...service,
            targets,
            changes: targets.map((target) => ({
              object: 'v1 Service a/b',
              target,
              path: `manifests/${target}/a/a/service-b.yaml`,
              kind: 'created' as const,
              fields: [],
            })),
          })),
        },
        { colour: false },
      ).split('\n');
    expect(plan(['eu'])).toContain('  + v1 Service a/b');
    expect(plan(['eu', 'us'])).toEqual(
      expect.arrayContaining(['  + v1 Service a/b in eu', '  + v1 Service a/b in us']),
    );
  });

  it('obeys nothing that a plan says', () => {
    fc.assert(
      fc.property(anyPlan, fc.boolean(), (plan, colour) => {
        const text = prettyPlan(plan, { colour }).replace(ownColours, '');
        expect(text).not.toMatch(obeyedByTerminals);
        expect(text).not.toMatch(/##\[|^\s*::/m);
      }),
    );
  });
});
