import type { Capability } from '../capability/capability.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Platform } from '../platform/platform.ts';
import type { KubernetesTypes } from './kubernetes-types.ts';

/**
 * What keeps rendered objects of capabilities from being checked: files that cannot be read, kinds without a schema. A run
 * over some services hears of the files that these need, when they are rendered.
 */
export function schemaFindings(
  { capabilities, brokenCapabilities, types }: Pick<Platform, 'capabilities' | 'brokenCapabilities' | 'types'>,
  { services }: { readonly services?: readonly string[] },
): readonly Finding[] {
  if (services !== undefined) return [];
  const unreadable = types.findings;
  if (unreadable.length > 0) return unreadable;
  // The definitions of one that cannot be read may be those that others lack.
  const complete = brokenCapabilities.size === 0;
  return [...capabilities.values()].flatMap((capability) => [
    ...capability.crds.findings,
    ...(complete ? withoutSchema(capability, types) : []),
  ]);
}

/** One warning a capability, at its first kind of which nothing is known. */
function withoutSchema(capability: Capability, types: KubernetesTypes): readonly Finding[] {
  const declared = capability.document.spec.objects?.kinds ?? [];
  const unknown = declared.filter((kind) => {
    const slash = kind.lastIndexOf('/');
    return types.find(kind.slice(0, slash), kind.slice(slash + 1), capability.name).kind === 'unknown';
  });
  const [first] = unknown;
  if (first === undefined) return [];
  const message = `nothing is known of ${unknown.map(quote).join(', ')}: such objects are rendered without a check`;
  const hint = `put the CustomResourceDefinition into capabilities/${capability.name}/crds/: \`npx idp schemas --from=<file> --capability=${capability.name}\``;
  const place = capability.source.locate(['spec', 'objects', 'kinds', declared.indexOf(first)]);
  return [{ code: 'capability/no-schema', severity: 'warning', message, hint, ...place }];
}
