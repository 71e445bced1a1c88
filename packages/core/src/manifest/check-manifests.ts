import type { PolicyEngine, PolicyViolation } from '../check/policy-engine.ts';
import { policyResources } from '../check/policy-resources.ts';
import type { Finding, Position, RelatedPlace } from '../finding/finding.ts';
import { type JsonObject, property, stringOf } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { withWaiver } from '../waiver/with-waiver.ts';
import type { Manifest } from './manifest.ts';

/** Where values of manifests are in their files; asked only when there is something to report. */
export interface ManifestPlaces {
  /** The place of a value below the manifest, or of its nearest ancestor that exists; with `key`, of what it stands under. */
  locate(manifest: Manifest, pointer: Pointer, part?: 'key' | 'value'): Position;
}

const noScopes: ReadonlySet<string> = new Set();

/** The manifests that policies may read beside the one that they judge, as far as they do (`PolicyEngine.needs`). */
export interface Beside {
  /** Of the same place. Namespaces among them are the `namespaceObject` of what is in them. */
  readonly manifests: readonly JsonObject[];
  /** What stands beside the policies. */
  readonly params: readonly JsonObject[];
}

/**
 * Judges manifests of anywhere, without a platform around them, as if each were created in an empty cluster: there is no
 * old object.
 *
 * @param manifests one after the other; none is kept
 * @returns what the policies say, each finding at the value that is at fault, and how many of them decide nothing
 */
export function checkManifests(
  manifests: Iterable<Manifest>,
  engine: PolicyEngine,
  beside: Beside,
  places: ManifestPlaces,
): { readonly findings: readonly Finding[]; readonly inconclusive: number } {
  let inconclusive = 0;
  const namespaces = namespacesOf(beside.manifests);
  const resources = policyResources([...beside.manifests, ...beside.params]);
  const findingOf = findings(places);
  const undecided = new Map<string, Undecided>();
  const found: Finding[] = [];
  for (const manifest of manifests) {
    const { object } = manifest;
    const violations = engine.evaluate({
      object,
      oldObject: null,
      defaultNamespace: 'default',
      namespaceObject: namespaces.get(metadataOf(object, 'namespace') ?? ''),
      scopes: noScopes,
      resources,
    });
    for (const violation of violations) {
      if (violation.kind !== 'inconclusive' || violation.waived !== undefined) {
        found.push(findingOf(manifest, violation));
        continue;
      }
      inconclusive += 1;
      const key = JSON.stringify([violation.policy, violation.path, violation.validation, violation.message]);
      const known = undecided.get(key);
      if (known !== undefined) known.more += 1;
      else undecided.set(key, { finding: findingOf(manifest, violation), more: 0 });
    }
  }
  for (const each of undecided.values()) found.push(together(each));
  return { findings: found, inconclusive };
}

/** What cannot be decided of one object cannot of most others, for the same reason: it is said once, with the first. */
interface Undecided {
  readonly finding: Finding;
  more: number;
}

function together({ finding, more }: Undecided): Finding {
  if (more === 0) return finding;
  return { ...finding, message: `${finding.message} (the same of ${more} more)` };
}

function namespacesOf(manifests: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  return new Map(
    manifests.flatMap((object): [string, JsonObject][] => {
      const name = metadataOf(object, 'name');
      return object['apiVersion'] === 'v1' && object['kind'] === 'Namespace' && name !== undefined
        ? [[name, object]]
        : [];
    }),
  );
}

/** How a violation becomes a finding; what those of one validation have in common is there once. */
function findings(places: ManifestPlaces): (manifest: Manifest, violation: PolicyViolation) => Finding {
  const known = new Map<string, readonly RelatedPlace[]>();
  return (manifest, violation) => {
    const key = `${violation.validation} ${violation.path} ${violation.policy}`;
    const related = known.get(key) ?? [{ message: 'the policy', path: violation.path, ...violation.policyAt }];
    known.set(key, related);
    return findingOf(manifest, violation, places, related);
  };
}

function findingOf(
  manifest: Manifest,
  violation: PolicyViolation,
  places: ManifestPlaces,
  related: readonly RelatedPlace[],
): Finding {
  const kind = stringOf(manifest.object['kind']) ?? '';
  const name = metadataOf(manifest.object, 'name') ?? metadataOf(manifest.object, 'generateName') ?? '';
  const namespace = metadataOf(manifest.object, 'namespace');
  const said = violation.kind === 'inconclusive' ? `cannot be decided here: ${violation.message}` : violation.message;
  const [first = []] = violation.fieldPaths;
  const finding: Finding = {
    code: `policy/${violation.policy}`,
    severity: violation.severity,
    message: `${[kind, name].filter(Boolean).join(' ')}: ${said}`,
    ...(violation.mend !== undefined && { hint: violation.mend }),
    subject: `${kind.toLowerCase()}:${namespace === undefined ? '' : `${namespace}/`}${name}`,
    ...places.locate(manifest, first),
    related,
  };
  return withWaiver(finding, violation.waived);
}

function metadataOf(object: JsonObject, key: 'name' | 'namespace' | 'generateName'): string | undefined {
  return stringOf(property(property(object, 'metadata'), key));
}
