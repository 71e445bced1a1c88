import { describe, expect, it } from 'vitest';
import { refOf } from '../catalog/entity-reference.ts';
import type { PolicyViolation } from '../check/policy-engine.ts';
import { type Json, type JsonObject, property, valueAt } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { exampleWaiver } from './example-waiver.ts';
import { type JudgedObject, WaiversInForce } from './waivers-in-force.ts';

const violation: PolicyViolation = {
  policy: 'image-tags',
  path: 'policies/image-tags.yaml',
  severity: 'error',
  message: 'no',
  fieldPaths: [['spec', 'containers', 0, 'image']],
  kind: 'violated',
};
const named = (kind: string, name: string): JudgedObject => ({ ...pod, content: { kind, metadata: { name } } });
const nothing = () => [];
const pod: JudgedObject = {
  subject: refOf('component', 'default', 'checkout'),
  environment: 'dev',
  content: {
    kind: 'Pod',
    metadata: { name: 'checkout' },
    spec: { containers: [{ name: 'main' }, { name: 'proxy' }] },
  },
};

type Added = Parameters<typeof exampleWaiver>[0];

function inForce(added: Added = {}, second: Added = undefined, now = '2026-12-01T12:00:00.000Z'): WaiversInForce {
  const files = { ...exampleWaiver(added), ...(second && exampleWaiver(second)) };
  const { waivers, findings } = loadPlatform(examplePlatform(files));
  expect(findings).toEqual([]);
  return new WaiversInForce(waivers, now);
}
/** A policy that wants a tag of each container's image, and stops at the first without. */
const ask = (content: JsonObject): readonly PolicyViolation[] => {
  const containers = valueAt(content, ['spec', 'containers']);
  const missing = Array.isArray(containers)
    ? (containers as readonly Json[]).findIndex((container) => property(container, 'image') === undefined)
    : -1;
  return missing < 0 ? [] : [at(['spec', 'containers', missing, 'image'])];
};
const inSubject = (subject: string) => inForce({ subject: `entity: "component:checkout", ${subject}` });
const at = (...fieldPaths: Pointer[]): PolicyViolation => ({ ...violation, fieldPaths });

describe('a waiver covers exactly what it names', () => {
  it('everything of its subject that its policy says, and says who answers for it', () => {
    expect(inForce().waivedBy(violation, pod, nothing)).toEqual({
      path: 'policies/waivers/checkout-tags.yaml',
      reason: 'The base image is tagged by hand until the build moves in January.',
      owner: 'team-payments',
      expires: '2027-01-31',
    });
  });

  it('nothing of another policy, of another subject, or of a policy that fails', () => {
    const waivers = inForce();
    expect(waivers.waivedBy({ ...violation, policy: 'other' }, pod, nothing)).toBeUndefined();
    expect(
      waivers.waivedBy(violation, { ...pod, subject: refOf('component', 'default', 'cart') }, nothing),
    ).toBeUndefined();
    expect(waivers.waivedBy({ ...violation, kind: 'error' }, pod, nothing)).toBeUndefined();
    expect(waivers.waivedBy({ ...violation, kind: 'inconclusive' }, pod, nothing)).toBeDefined();
  });

  it('an object by its kind and name', () => {
    const waivers = inSubject('resource: Pod/checkout');
    expect(waivers.waivedBy(violation, pod, nothing)).toBeDefined();
    expect(waivers.waivedBy(violation, named('Pod', 'checkout-2'), nothing)).toBeUndefined();
    expect(waivers.waivedBy(violation, named('Job', 'checkout'), nothing)).toBeUndefined();
  });

  it('an environment', () => {
    const waivers = inSubject('environments: [dev]');
    expect(waivers.waivedBy(violation, pod, nothing)).toBeDefined();
    expect(waivers.waivedBy(violation, { ...pod, environment: 'prod' }, nothing)).toBeUndefined();
    expect(waivers.waivedBy(violation, { ...pod, environment: undefined }, nothing)).toBeUndefined();
  });

  it('a container, and not one beside it that the policy says the same of', () => {
    const main = inSubject('container: main');
    const onlyMain = { spec: { containers: [{ name: 'main' }, { name: 'proxy', image: 'a:1' }] } };
    expect(main.waivedBy(violation, { ...pod, content: onlyMain }, ask)).toBeDefined();
    expect(main.waivedBy(violation, pod, ask)).toBeUndefined();
    expect(inSubject('container: proxy').waivedBy(violation, pod, ask)).toBeUndefined();
    expect(main.waivedBy(at(), pod, nothing)).toBeUndefined();
  });

  it('two containers, by two waivers: the one that ends first is named', () => {
    const waivers = inForce(
      { subject: 'entity: "component:checkout", container: main' },
      { file: 'proxy', subject: 'entity: "component:checkout", container: proxy', expires: '2026-12-24' },
    );
    expect(waivers.waivedBy(violation, pod, ask)).toMatchObject({ path: 'policies/waivers/proxy.yaml' });
    expect(waivers.unusedFindings(() => true)).toEqual([]);
    const third = { spec: { containers: [{ name: 'main' }, { name: 'proxy' }, { name: 'other' }] } };
    expect(waivers.waivedBy(violation, { ...pod, content: third }, ask)).toBeUndefined();
  });

  it('what is left of a policy only as long as it can be asked', () => {
    const waivers = inSubject('container: main');
    const failing = () => [{ ...violation, kind: 'error' as const }];
    expect(waivers.waivedBy(violation, pod, failing)).toBeUndefined();
    expect(waivers.waivedBy(violation, pod, () => [{ ...violation, validation: 1 }])).toBeDefined();
  });

  it('a field, and all fields that a violation speaks of', () => {
    const waivers = inSubject('path: "spec.hostNetwork"');
    expect(waivers.waivedBy(at(['spec', 'hostNetwork']), pod, nothing)).toBeDefined();
    expect(waivers.waivedBy(at(['spec', 'hostNetwork'], ['spec', 'hostPID']), pod, nothing)).toBeUndefined();
  });
});

describe('the days of a waiver', () => {
  const said = (now: string) => {
    const waivers = inForce({}, undefined, `${now}T23:59:59.999Z`);
    const codes = waivers.termFindings().map(({ code, message }) => `${code}: ${message}`);
    return { covers: waivers.waivedBy(violation, pod, nothing) !== undefined, codes };
  };
  const what = 'the waiver of image-tags for component:checkout';

  it.each([
    ['2026-11-20', false, ['waiver/not-begun: ', ' holds from 2026-11-21; today is 2026-11-20 (UTC)']],
    ['2026-11-21', true, undefined],
    ['2027-01-16', true, undefined],
    ['2027-01-17', true, ['waiver/expires-soon: ', ' ends in 14 days, on 2027-01-31']],
    ['2027-01-30', true, ['waiver/expires-soon: ', ' ends tomorrow, on 2027-01-31']],
    ['2027-01-31', true, ['waiver/expires-soon: ', ' ends today, on 2027-01-31']],
    ['2027-02-01', false, ['waiver/expired: ', ' ended on 2027-01-31 and waives nothing any more']],
  ])('on %s', (now, covers, words) => {
    expect(said(now)).toEqual({ covers, codes: words === undefined ? [] : [words.join(what)] });
  });

  it('point at the line, and say who does what', () => {
    const [finding] = inForce({}, undefined, '2027-02-01').termFindings();
    expect(finding).toMatchObject({
      severity: 'error',
      path: 'policies/waivers/checkout-tags.yaml',
      line: 11,
      hint: 'team-payments mends it and removes the waiver, or asks team-payments for another term',
    });
  });
});

describe('a waiver that covers nothing', () => {
  it('is said where all that it names was judged, and while it holds', () => {
    const waivers = inSubject('container: proxy, environments: [dev]');
    waivers.waivedBy(violation, pod, nothing);
    expect(waivers.unusedFindings(() => false)).toEqual([]);
    expect(waivers.unusedFindings(() => true)).toMatchObject([
      {
        code: 'waiver/matches-nothing',
        severity: 'warning',
        message: 'image-tags finds nothing that this waiver covers in component:checkout, container proxy, in dev',
        hint: expect.stringContaining('entities and other files are in no environment'),
        line: 6,
      },
    ]);
    expect(inForce({}, undefined, '2027-02-01').unusedFindings(() => true)).toEqual([]);
  });

  it('is not one that covered something', () => {
    const waivers = inForce();
    waivers.waivedBy(violation, pod, nothing);
    expect(waivers.unusedFindings(() => true)).toEqual([]);
  });
});
