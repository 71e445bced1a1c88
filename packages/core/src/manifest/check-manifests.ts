import type { PolicyEngine, PolicyResources, PolicyViolation } from '../check/policy-engine.ts';
import type { Finding, Position } from '../finding/finding.ts';
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

/**
 * Judges manifests of anywhere, without a platform around them, as if each were created in an empty cluster: there is no
 * old object. Namespaces among them are the `namespaceObject` of what is in them.
 *
 * @returns what the policies say, each finding at the value that is at fault, and how many of them decide nothing
 */
export function checkManifests(
  manifests: readonly Manifest[],
  engine: PolicyEngine,
  resources: PolicyResources,
  places: ManifestPlaces,
): { readonly findings: readonly Finding[]; readonly inconclusive: number } {
  let inconclusive = 0;
  const namespaces = namespacesOf(manifests);
  const undecided = new Map<string, Undecided>();
  const findings = manifests.flatMap((manifest) => {
    const { object } = manifest;
    const violations = engine.evaluate({
      object,
      oldObject: null,
      defaultNamespace: 'default',
      namespaceObject: namespaces.get(metadataOf(object, 'namespace') ?? ''),
      scopes: noScopes,
      resources,
    });
    return violations.flatMap((violation): readonly Finding[] => {
      if (violation.kind !== 'inconclusive' || violation.waived !== undefined)
        return [findingOf(manifest, violation, places)];
      inconclusive += 1;
      const key = JSON.stringify([violation.policy, violation.path, violation.validation, violation.message]);
      const known = undecided.get(key);
      if (known !== undefined) known.more += 1;
      else undecided.set(key, { finding: findingOf(manifest, violation, places), more: 0 });
      return [];
    });
  });
  return { findings: [...findings, ...[...undecided.values()].map(together)], inconclusive };
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

function namespacesOf(manifests: readonly Manifest[]): ReadonlyMap<string, JsonObject> {
  return new Map(
    manifests.flatMap(({ object }): [string, JsonObject][] => {
      const name = metadataOf(object, 'name');
      return object['apiVersion'] === 'v1' && object['kind'] === 'Namespace' && name !== undefined
        ? [[name, object]]
        : [];
    }),
  );
}

function findingOf(manifest: Manifest, violation: PolicyViolation, places: ManifestPlaces): Finding {
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
    related: [{ message: 'the policy', path: violation.path, ...violation.policyAt }],
  };
  return withWaiver(finding, violation.waived);
}

function metadataOf(object: JsonObject, key: 'name' | 'namespace' | 'generateName'): string | undefined {
  return stringOf(property(property(object, 'metadata'), key));
}
