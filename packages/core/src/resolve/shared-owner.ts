import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, RelatedPlace } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import { placeIn } from '../workload/score-findings.ts';
import type { DeclaredResource } from './declared-resources.ts';
import { placeOfShared, type SharedDeclaration, sharedInstances } from './shared-instances.ts';

/** The owner of a shared instance, or why there is none; where that is shown, the caller knows. */
export type FoundOwner =
  | { readonly kind: 'owner'; readonly owner: SharedDeclaration }
  | {
      readonly kind: 'none';
      readonly message: string;
      readonly hint: string;
      readonly related: readonly RelatedPlace[];
    };

/**
 * The one owner of a shared instance (design, section 6: "A shared instance has one owner, who sets parameters and
 * version"): the service whose resource of that type and `id` writes `params`.
 */
export function ownerOf(type: string, id: string, platform: Platform): FoundOwner {
  const declarations = sharedInstances(platform).named(type, id);
  const owners = declarations.filter(({ owns }) => owns);
  const [owner, ...others] = owners;
  if (owner !== undefined && others.length === 0) return { kind: 'owner', owner };
  const what = `the shared ${type} ${quote(id)}`;
  if (owner !== undefined) return several(what, owners);
  const ids = sharedInstances(platform)
    .ofType(type)
    .flatMap((other) => (other.owns ? [other.id] : []));
  const hint = `the service that sets it up writes \`params\`, \`params: {}\` as well${unreadable(platform)}`;
  return {
    kind: 'none',
    message: `${what} has no owner`,
    hint: ids.length === 0 ? hint : `${didYouMean(id, new Set(ids)) ?? 'name another one'} Otherwise ${hint}`,
    related: declarations.map((declaration) => place(declaration, 'named here')),
  };
}

/**
 * The instance of a type that is one for all services: the only shared one there is, or the one with that `id`.
 */
export function environmentWide(type: string, id: string | undefined, platform: Platform): FoundOwner {
  if (id !== undefined) return ownerOf(type, id, platform);
  const declarations = sharedInstances(platform).ofType(type);
  const ids = new Set(declarations.map((declaration) => declaration.id));
  const [only] = ids;
  if (only !== undefined && ids.size === 1) return ownerOf(type, only, platform);
  if (only === undefined)
    return {
      kind: 'none',
      message: `no service shares a ${type}, and one for all services is required`,
      hint: `a platform service declares it: a resource of the type ${quote(type)} with an \`id\` and \`params\`${unreadable(platform)}`,
      related: [],
    };
  return {
    kind: 'none',
    message: `there are ${ids.size} shared instances of ${type}: ${[...ids].map(quote).join(', ')}`,
    hint: 'the requirement says which one, by `id`',
    related: declarations.filter(({ owns }) => owns).map((declaration) => place(declaration, 'one of them')),
  };
}

function several(what: string, owners: readonly SharedDeclaration[]): FoundOwner {
  const services = [...new Set(owners.map(({ workload }) => workload.service))];
  const by =
    services.length === 1 ? `twice by ${services[0]}` : `by ${services.slice(0, -1).join(', ')} and ${services.at(-1)}`;
  return {
    kind: 'none',
    message: `${what} is set up ${by}`,
    hint: 'one of them owns it and keeps `params`; the others leave `params` out',
    related: owners.map((owner) => place(owner, 'set up here')),
  };
}

function unreadable({ unreadableServices }: Platform): string {
  const [first] = unreadableServices;
  return first === undefined ? '' : `; services/${first} cannot be read, and may be that one`;
}

function place(declaration: SharedDeclaration, message: string): RelatedPlace {
  return { message, ...placeOfShared(declaration) };
}

/** What a consumer may not say: the owner alone sets parameters. */
export function consumerFindings(resource: DeclaredResource, owner: SharedDeclaration): readonly Finding[] {
  if (resource.class === undefined || resource.class === owner.class) return [];
  return [
    {
      code: 'resolve/shared-instance',
      severity: 'error',
      message: `${quote(resource.name)} asks for the class ${quote(resource.class)} of an instance that ${owner.workload.service} sets up`,
      hint: `leave \`class\` out, or ask the owner of ${owner.workload.service}`,
      ...placeIn(resource.score, ['resources', resource.name, 'class']),
      related: [place(owner, 'set up here')],
    },
  ];
}
