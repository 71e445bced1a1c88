import {
  type Capability,
  type Entity,
  evaluatePlatform,
  nameOf,
  type Platform,
  parseReference,
  property,
  type Resolution,
  specString,
  stringOf,
} from '@idp/core';

/** What stands in the one generated page about the reference company: who owns what, and what uses what. */
export function companyPage(platform: Platform): string {
  const company = readCompany(platform);
  return [
    '<!-- Written by `npx vitest run e2e/company.spec.ts -u`: change the company, not this page. -->',
    '# The reference company',
    '',
    "Acme sells things for the house. It is this repository's demo, the example of its documentation and the base of its",
    'tests at once: `catalog/`, `services/`, `capabilities/`, `policies/`, `environments/` and `idp.yaml` are as a company',
    'would have them, and nothing in them knows that it is an example. This page is made of them.',
    '',
    counts(company),
    '',
    '## Domains, systems, services',
    '',
    'An arrow is a call; a dotted one reads an instance that the other service shares, such as its Kafka topic.',
    '',
    '```mermaid',
    ...diagram(company),
    '```',
    '',
    '## Services',
    '',
    '| service | system | owner | runs as | uses |',
    '| --- | --- | --- | --- | --- |',
    ...company.services.map(serviceRow),
    '',
    '## Capabilities',
    '',
    '| capability | owner | outputs (secrets) | requires | what else it shows | services |',
    '| --- | --- | --- | --- | --- | --- |',
    ...[...platform.capabilities.values()].map((capability) => capabilityRow(capability, company)),
    '',
    '## Teams',
    '',
    '| team | department | people | services | capabilities |',
    '| --- | --- | --- | --- | --- |',
    ...company.teams.map((team) => teamRow(team, company, platform)),
    '',
  ].join('\n');
}

interface Company {
  readonly domains: readonly Entity[];
  readonly systems: readonly Entity[];
  readonly teams: readonly Entity[];
  readonly people: readonly Entity[];
  readonly apis: readonly Entity[];
  readonly capabilities: number;
  readonly services: readonly Service[];
}

interface Service {
  readonly component: Entity;
  readonly resolution: Resolution;
}

function readCompany(platform: Platform): Company {
  const of = (kind: string) =>
    platform.catalog.entities.filter((entity) => entity.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1));
  const resolutions = new Map(
    evaluatePlatform(platform, { environments: ['dev'] }).services.map(({ service, resolution }) => [
      service,
      resolution,
    ]),
  );
  return {
    domains: of('domain'),
    systems: of('system'),
    teams: of('group').filter((group) => specString(group, 'type') === 'team'),
    people: of('user'),
    apis: of('api'),
    capabilities: platform.capabilities.size,
    services: of('component').flatMap((component) => {
      const resolution = resolutions.get(component.name);
      return resolution === undefined ? [] : [{ component, resolution }];
    }),
  };
}

function counts({ domains, systems, teams, people, services, apis, capabilities }: Company): string {
  const all = Object.entries({ domains, systems, teams, people, services, APIs: apis });
  const said = [...all.map(([name, entities]) => `${entities.length} ${name}`), `${capabilities} capabilities`];
  return `${said.slice(0, -1).join(', ')} and ${said.at(-1)}.`;
}

function diagram({ domains, systems, services }: Company): readonly string[] {
  const node = (name: string) => name.replaceAll('-', '_');
  const inside = domains.flatMap((domain) => [
    `  subgraph ${node(`domain-${domain.name}`)}["${title(domain)}"]`,
    ...systems
      .filter((system) => named(system, 'domain') === domain.name)
      .flatMap((system) => [
        `    subgraph ${node(`system-${system.name}`)}["${title(system)}"]`,
        ...services
          .filter(({ component }) => named(component, 'system') === system.name)
          .map(({ component }) => `      ${node(component.name)}["${component.name}"]`),
        '    end',
      ]),
    '  end',
  ]);
  const arrows = services.flatMap(({ component, resolution }) => {
    const owners = [...resolution.shared.values()].map(({ owner }) => owner.service);
    const reads = [...new Set(owners)].filter((owner) => !resolution.services.has(owner)).sort();
    return [
      ...[...resolution.services.keys()].sort().map((called) => `  ${node(component.name)} --> ${node(called)}`),
      ...reads.map((owner) => `  ${node(component.name)} -.-> ${node(owner)}`),
    ];
  });
  return ['flowchart LR', ...inside, ...arrows];
}

function serviceRow({ component, resolution }: Service): string {
  const uses = [...resolution.uses.values()].map(({ capability }) => capability.name);
  const shared = [...resolution.shared.values()].map(
    ({ capability, owner }) => `${capability.name} of ${owner.service}`,
  );
  const link = `[${component.name}](../services/${component.name}/score.yaml)`;
  return row(
    link,
    named(component, 'system'),
    named(component, 'owner'),
    resolution.runs?.capability.name ?? 'plain',
    list([...uses, ...shared]),
  );
}

function capabilityRow({ name, document, patches }: Capability, { services }: Company): string {
  const { spec: contract } = document;
  const outputs = Object.entries(contract.outputs ?? {}).map(([output, { secret }]) =>
    secret === undefined ? output : `(${output})`,
  );
  const requires = (contract.requires ?? []).map(({ capability, instance = 'own' }) => `${capability} (${instance})`);
  const users = services.filter(({ resolution }) =>
    [...resolution.uses.values(), ...(resolution.runs === undefined ? [] : [resolution.runs])].some(
      (use) => use.capability.name === name,
    ),
  );
  return row(
    `[${name}](../capabilities/${name}/docs/README.md)`,
    groupName(contract.owner),
    list(outputs),
    list(requires),
    list([
      ...(contract.provides === 'workload' ? ['a workload'] : []),
      ...(Object.keys(contract.classes ?? {}).length > 0 ? ['classes'] : []),
      ...(Object.keys(contract.fromEnvironment ?? {}).length > 0 ? ['values of the environment'] : []),
      ...(patches.length > 0 ? ['patches'] : []),
      ...((contract.objects?.clusterScoped ?? []).length > 0 ? ['objects of a whole cluster'] : []),
      ...((contract.objects?.kinds ?? []).length === 0 ? ['no objects'] : []),
      ...(contract.environments?.exclude ?? []).map((environment) => `not in ${environment}`),
      ...(contract.onDelete === 'retain' ? ['retained'] : []),
    ]),
    String(users.length),
  );
}

function teamRow(team: Entity, { people, services }: Company, platform: Platform): string {
  const owned = services.filter(({ component }) => named(component, 'owner') === team.name);
  const offered = [...platform.capabilities.values()].filter(
    ({ document }) => groupName(document.spec.owner) === team.name,
  );
  const members = people.filter((person) => {
    const groups = property(property(person.value, 'spec'), 'memberOf');
    return Array.isArray(groups) && groups.some((group) => typeof group === 'string' && groupName(group) === team.name);
  });
  return row(
    `[${team.name}](../catalog/teams/${team.name}.yaml)`,
    named(team, 'parent'),
    String(members.length),
    list(owned.map(({ component }) => component.name)),
    list(offered.map(({ name }) => name)),
  );
}

/** The name in a reference of the entity's spec. */
function named(entity: Entity, field: string): string {
  return groupName(specString(entity, field) ?? '');
}

function groupName(reference: string): string {
  const ref = parseReference(reference, { kind: 'group' });
  return ref === undefined ? '' : nameOf(ref);
}

function title(entity: Entity): string {
  return stringOf(property(property(entity.value, 'metadata'), 'title')) ?? entity.name;
}

function list(names: readonly string[]): string {
  return [...new Set(names)].sort().join(', ');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
