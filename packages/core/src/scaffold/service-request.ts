import type { Capability } from '../capability/capability.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type EntityRef, nameOf, parseReference } from '../catalog/entity-reference.ts';
import { maxServiceName } from '../catalog/rules/service-folder.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import { type Finding, hasErrors, type Outcome } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import type { Platform } from '../platform/platform.ts';
import { refusal, refusedName } from './refusal.ts';
import { requestedOwner } from './requested-owner.ts';

/** What `idp g service` is asked for. */
export interface ServiceOptions {
  readonly name: string;
  /** `team-payments` or `group:default/team-payments`. */
  readonly owner: string;
  /** Of nobody's naming: `node-service` where it exists, else the only one that there is. */
  readonly template?: string | undefined;
  readonly system?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly lifecycle: string;
}

/** What a person gave, as the lock keeps it: with whole references. */
export type Answers = { readonly [key: string]: Json };

export interface ServiceRequest {
  readonly template: Capability;
  readonly answers: Answers;
}

/** Checks what a person asked for against the catalog and the capabilities, all of it at once. */
export function serviceRequest(options: ServiceOptions, platform: Platform): Outcome<ServiceRequest> {
  const named = options.template ?? unnamedTemplate(platform);
  const template = platform.capabilities.get(named);
  const owner = requestedOwner(options.owner, platform.catalog);
  const system = systemOf(options.system, platform.catalog);
  const findings = [
    ...refusedName(options.name, { what: 'a service', longest: maxServiceName }),
    ...owner.findings,
    ...system.findings,
    ...templateFindings(named, platform),
  ];
  if (template === undefined || owner.value === undefined || hasErrors(findings)) return { findings };
  return {
    value: { template, answers: answersOf({ ...options, template: named }, owner.value, system.value) },
    findings,
  };
}

function systemOf(text: string | undefined, catalog: Catalog): Outcome<string> {
  if (text === undefined) return { findings: [] };
  const ref = parseReference(text, { kind: 'system' });
  if (ref?.startsWith('system:') && catalog.get(ref) !== undefined) return { value: nameOf(ref), findings: [] };
  const systems = catalog.refs(['system']).map(nameOf);
  return {
    findings: [
      refusal(
        'system',
        `there is no system ${quote(text)}`,
        didYouMean(ref === undefined ? text : nameOf(ref), systems) ?? 'add it to catalog/ first',
        'option:system',
      ),
    ],
  };
}

/** What a service is made from when nobody says, where it exists. */
export const defaultTemplate = 'node-service';

/** The workload capabilities that have files for a new service. */
export function templatesOf({ capabilities }: Platform): readonly string[] {
  return [...capabilities.values()]
    .filter(({ scaffold, document }) => document.spec.provides === 'workload' && scaffold.length > 0)
    .map(({ name }) => name);
}

function unnamedTemplate(platform: Platform): string {
  const templates = templatesOf(platform);
  const [only, ...others] = templates;
  if (templates.includes(defaultTemplate) || platform.brokenCapabilities.has(defaultTemplate)) return defaultTemplate;
  return only !== undefined && others.length === 0 ? only : defaultTemplate;
}

function wayToTemplate(platform: Platform): string {
  const [broken] = platform.brokenCapabilities;
  if (broken !== undefined && templatesOf(platform).length === 0)
    return `mend capabilities/${broken} first, if that is one: \`npx idp validate\` says what is wrong with it`;
  return 'make one: `npx idp g capability <name> --owner=… --provides=workload`; then `--template=<name>`';
}

function templateFindings(name: string, platform: Platform): readonly Finding[] {
  if (templatesOf(platform).includes(name)) return [];
  const broken = platform.brokenCapabilities.has(name);
  const templates = templatesOf(platform);
  if (broken)
    return [
      refusal(
        'template',
        `the template ${quote(name)} has errors of its own`,
        `mend capabilities/${name} first`,
        `capability:${name}`,
      ),
      ...platform.findings.filter(({ path }) => path?.startsWith(`capabilities/${name}/`)),
    ];
  return [
    refusal(
      'template',
      `there is no template ${quote(name)}`,
      didYouMean(name, templates) ?? wayToTemplate(platform),
      'option:template',
    ),
  ];
}

function answersOf(
  options: ServiceOptions & { readonly template: string },
  owner: EntityRef,
  system: string | undefined,
): Answers {
  const { template, lifecycle, title, description } = options;
  return {
    template,
    owner,
    lifecycle,
    ...(system !== undefined && { system }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  };
}
