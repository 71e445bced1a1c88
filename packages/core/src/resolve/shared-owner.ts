import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, RelatedPlace } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import { placeIn } from '../workload/score-findings.ts';
import type { DeclaredResource } from './declared-resources.ts';
import { placeOfShared, type SharedDeclaration, sharedDeclaration, sharedNames } from './shared-instances.ts';
import { byPlace, type SharedName } from './shared-names.ts';

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
  const names = sharedNames(platform);
  const owners = names.owners(type, id);
  const [first, ...others] = owners;
  const owner = first && others.length === 0 ? sharedDeclaration(first, platform) : undefined;
  if (owner !== undefined) return { kind: 'owner', owner };
  const what = `the shared ${type} ${quote(id)}`;
  if (first !== undefined) return several(what, owners, platform);
  const ids = names.ownedIds(type);
  const hint = `the service that sets it up writes \`params\`, \`params: {}\` as well${unreadable(platform)}`;
  return {
    kind: 'none',
    message: `${what} has no owner`,
    hint: ids.length === 0 ? hint : `${didYouMean(id, ids) ?? 'name another one'} Otherwise ${hint}`,
    related: places(names.named(type, id), 'named here', platform),
  };
}

/**
 * The instance of a type that is one for all services: the only shared one there is, or the one with that `id`.
 */
export function environmentWide(type: string, id: string | undefined, platform: Platform): FoundOwner {
  if (id !== undefined) return ownerOf(type, id, platform);
  const names = sharedNames(platform);
  const ids = names.ids(type);
  const [only] = ids;
  if (only !== undefined && ids.length === 1) return ownerOf(type, only, platform);
  if (only === undefined)
    return {
      kind: 'none',
      message: `no service shares a ${type}, and one for all services is required`,
      hint: `a platform service declares it: a resource of the type ${quote(type)} with an \`id\` and \`params\`${unreadable(platform)}`,
      related: [],
    };
  const owners = ids.flatMap((each) => names.owners(type, each)).sort(byPlace);
  return {
    kind: 'none',
    message: `there are ${ids.length} shared instances of ${type}: ${ids.slice(0, maxShown).map(quote).join(', ')}${more(ids)}`,
    hint: 'the requirement says which one, by `id`',
    related: places(owners, 'one of them', platform),
  };
}

function several(what: string, owners: readonly SharedName[], platform: Platform): FoundOwner {
  const services = [...new Set(owners.map(({ service }) => service))];
  const [first = ''] = services;
  const last = services.length > maxShown ? undefined : services.at(-1);
  const by =
    services.length === 1
      ? `twice by ${first}`
      : last === undefined
        ? `by ${services.slice(0, maxShown).join(', ')}${more(services)}`
        : `by ${services.slice(0, -1).join(', ')} and ${last}`;
  return {
    kind: 'none',
    message: `${what} is set up ${by}`,
    hint: 'one of them owns it and keeps `params`; the others leave `params` out',
    related: places(owners, 'set up here', platform),
  };
}

/** Each of ten thousand services that name an instance has a finding of its own when it has no owner. */
const maxShown = 8;

function more(all: readonly string[]): string {
  return all.length > maxShown ? ` and ${all.length - maxShown} more` : '';
}

function places(names: readonly SharedName[], message: string, platform: Platform): readonly RelatedPlace[] {
  return names.slice(0, maxShown).flatMap((name) => {
    const declaration = sharedDeclaration(name, platform);
    return declaration === undefined ? [] : [place(declaration, message)];
  });
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
