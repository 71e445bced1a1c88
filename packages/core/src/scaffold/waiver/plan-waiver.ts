import { stringify } from 'yaml';
import { specString } from '../../catalog/entity.ts';
import { type EntityRef, kindOf, nameOf, parseReference, refOf } from '../../catalog/entity-reference.ts';
import { quote } from '../../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../../finding/finding.ts';
import { newFindings } from '../../finding/new-findings.ts';
import { canonicalJson } from '../../json/canonical-json.ts';
import type { Json } from '../../json/json.ts';
import type { Pointer } from '../../json/pointer.ts';
import { loadPlatform } from '../../platform/load-platform.ts';
import type { Platform } from '../../platform/platform.ts';
import { type PolicyFacts, policyCalled, policyFacts } from '../../policy/policy-facts.ts';
import { schemaProblems } from '../../schema/schema-problems.ts';
import { type WaiverDocument, waiverSchema } from '../../schema/waiver.schema.ts';
import { overlaySnapshot } from '../../snapshot/overlay-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { dayOf, dayText } from '../../waiver/day.ts';
import { readWaiver } from '../../waiver/read-waiver.ts';
import { isKnownSubject, parseSubject, shortReference } from '../../waiver/waiver-subject.ts';
import { effectiveChanges } from '../effective-changes.ts';
import type { ScaffoldPlan } from '../file-change.ts';
import { refusal } from '../refusal.ts';
import { requestedOwner } from '../requested-owner.ts';
import { schemaLineIn } from '../schema-line.ts';
import type { WaiverOptions } from './waiver-options.ts';

/** What the generator `waiver` may write to. */
export const grantedForWaiver = ['policies/waivers'] as const;

/** How long a waiver holds when nobody says. */
const defaultDays = 90;
const longestName = 100;

/**
 * Writes a waiver. What `loadWaivers` would say of the file is refused before it is written, as what is wrong with the
 * option that it comes from; whether there is anything to waive is for who has a policy engine.
 *
 * @param now in UTC
 */
export function planWaiver(snapshot: Snapshot, options: WaiverOptions, now: string): Outcome<ScaffoldPlan> {
  const platform = loadPlatform(snapshot);
  const policies = policyFacts(platform.policies);
  const policy = policyCalled(options.policy, policies);
  const subject = parseSubject(options.subject);
  const owner = group(options.owner, 'owner', ownerOf(subject, platform), platform);
  const approver = group(options.approver, 'approver', policy?.owner, platform);
  const document = documentOf(options, { policy, subject, owner: owner.ref, approver: approver.ref, now });
  const name = document.metadata.name;
  const findings = [
    ...optionFindings(document, name, policies, platform),
    // Nobody owns what does not exist, which is said as such.
    ...(policy === undefined || subject === undefined || !isKnownSubject(subject, platform)
      ? []
      : [...owner.findings, ...approver.findings]),
  ];
  if (findings.length > 0 || policy === undefined || subject === undefined) return { findings };
  const path = `policies/waivers/${name}.yaml`;
  const existing = platform.waivers.find((waiver) => waiver.name === name);
  if (existing !== undefined || snapshot.entry(path) !== undefined)
    return existing !== undefined && isSame(existing.document, document, options)
      ? { value: { changes: [], summary: `nothing to do: ${path} is there already`, nextSteps: [] }, findings: [] }
      : { findings: [exists(path, name)] };
  const content = `${schemaLineIn(snapshot, 'waiver', '../../')}${stringify(document, { version: '1.2', lineWidth: 100 })}`;
  const { changes, findings: gated } = effectiveChanges(snapshot, grantedForWaiver, [{ path, content }]);
  if (hasErrors(gated)) return { findings: gated };
  const after = loadPlatform(overlaySnapshot(snapshot, changes));
  const brought = newFindings(platform.findings, after.findings).filter(({ severity }) => severity === 'error');
  if (brought.length > 0) return { findings: brought };
  return { value: { changes, ...wordsOf(document, policy, path) }, findings: [] };
}

/** What is said where a policy finds nothing that a waiver would cover: who has a policy engine asks. */
export function nothingToWaive(policy: string, where: string, found: readonly Finding[]): Finding {
  const [first] = found;
  return refusal(
    'nothing-to-waive',
    `${policy} finds nothing that the waiver would cover in ${where}`,
    first === undefined
      ? '`npx idp check` says what is found, and where'
      : `it says: ${first.message} (${first.path}:${first.line}); name that place`,
    'option:subject',
  );
}

/** What is said where environments are named for a policy over entities and other files, which are in none. */
export function notInEnvironments(policy: string, environments: string): Finding {
  return refusal(
    'nothing-to-waive',
    `what ${policy} judges is in no environment, so nothing of it is waived in ${environments}`,
    'leave out --environment: the waiver then holds for the subject, wherever that is',
    'option:environment',
  );
}

interface Facts {
  readonly policy: PolicyFacts | undefined;
  readonly subject: EntityRef | undefined;
  readonly owner: string;
  readonly approver: string;
  readonly now: string;
}

function documentOf(options: WaiverOptions, { policy, subject, owner, approver, now }: Facts): WaiverDocument {
  const { resource, container, path, environments } = options;
  const today = dayOf(now) ?? 0;
  const name =
    options.name ??
    [subject === undefined ? 'waiver' : nameOf(subject), policy?.name ?? 'policy', container, ...environments]
      .filter((part) => part !== undefined)
      .join('-')
      .replace(/[^a-z0-9-]+/g, '-')
      .slice(0, longestName)
      .replace(/-+$/, '');
  return {
    apiVersion: 'idp.internal/v1alpha1',
    kind: 'Waiver',
    metadata: { name },
    spec: {
      policy: policy?.id ?? options.policy,
      subject: {
        entity: subject === undefined ? options.subject : shortReference(subject),
        ...(resource !== undefined && { resource }),
        ...(container !== undefined && { container }),
        ...(path !== undefined && { path }),
        ...(environments.length > 0 && { environments: [...environments] }),
      },
      reason: options.reason,
      owner,
      approver,
      issued: dayText(today),
      expires: options.expires ?? dayText(today + Math.min(defaultDays, policy?.waiverDays ?? defaultDays)),
    },
  };
}

/** What is wrong with the document, as what is wrong with the options that it is made of; groups are looked at by themselves. */
function optionFindings(
  document: WaiverDocument,
  name: string,
  policies: ReadonlyMap<string, PolicyFacts>,
  platform: Platform,
): readonly Finding[] {
  const wrongForm = schemaProblems(waiverSchema, document as unknown as Json, 'ours');
  if (wrongForm.length > 0)
    return wrongForm.map(({ pointer, message, hint }) => refusal('waiver', message, hint, optionAt(pointer)));
  return readWaiver(name, document, policies, platform)
    .problems.filter(({ what }) => what !== 'unknown-group')
    .map(({ what, pointer, message, hint }) => ({
      ...refusal('waiver', message, hint, optionAt(pointer)),
      code: `waiver/${what}`,
    }));
}

/** The option that a field of the document comes from. */
function optionAt(pointer: Pointer): string {
  const [first, field, inner] = pointer;
  if (first === 'metadata') return 'option:name';
  if (field !== 'subject') return `option:${field === 'issued' ? 'expires' : String(field ?? 'name')}`;
  return `option:${inner === undefined || inner === 'entity' ? 'subject' : inner === 'environments' ? 'environment' : inner}`;
}

/** A group by its option, or the one that it is without. */
function group(
  written: string | undefined,
  option: 'owner' | 'approver',
  fallback: string | undefined,
  { catalog }: Platform,
): { readonly ref: string; readonly findings: readonly Finding[] } {
  const text = written ?? fallback;
  const { value, findings } = text === undefined ? noGroup(option) : requestedOwner(text, catalog, option);
  return { ref: value ?? 'nobody', findings: value === undefined ? findings : [] };
}

function noGroup(option: 'owner' | 'approver'): Outcome<EntityRef> {
  const whose = option === 'owner' ? 'the subject' : 'the policy';
  const hint = `name a group by --${option}`;
  return { findings: [refusal('owner', `nobody is known who owns ${whose}`, hint, `option:${option}`)] };
}

function ownerOf(subject: EntityRef | undefined, { catalog, capabilities }: Platform): string | undefined {
  if (subject === undefined) return undefined;
  if (kindOf(subject) === 'capability') return capabilities.get(nameOf(subject))?.document.spec.owner;
  const entity = catalog.get(subject);
  const owner = entity && specString(entity, 'owner');
  const ref =
    owner === undefined
      ? undefined
      : parseReference(owner, { kind: 'group', namespace: entity?.namespace ?? 'default' });
  return ref ?? (kindOf(subject) === 'group' ? refOf('group', 'default', nameOf(subject)) : undefined);
}

/** The days of a waiver that was asked for without them are those of the day on which it was written. */
function isSame(there: WaiverDocument, wanted: WaiverDocument, { expires }: WaiverOptions): boolean {
  const without = ({ metadata, spec }: WaiverDocument): Json => {
    const { issued: _, expires: last, ...rest } = spec;
    return { metadata, ...rest, ...(expires !== undefined && { last }) } as unknown as Json;
  };
  return canonicalJson(without(there)) === canonicalJson(without(wanted));
}

function exists(path: string, name: string): Finding {
  return refusal(
    'waiver-exists',
    `the waiver ${quote(name)} is there already, and is another one`,
    `edit ${path}, or choose another name by --name`,
    'option:name',
  );
}

function wordsOf({ spec }: WaiverDocument, policy: PolicyFacts, path: string): Omit<ScaffoldPlan, 'changes'> {
  return {
    summary: `${policy.id} is waived for ${spec.subject.entity} until ${spec.expires}: ${spec.owner} mends it, ${spec.approver} approves`,
    nextSteps: [
      `read ${path}: a pull request with it is for ${spec.approver} to approve`,
      'npx idp check',
      `npx idp explain ${policy.id}   # what it wants, and how to mend it for good`,
    ],
  };
}
