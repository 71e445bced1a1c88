import { versioned } from '../capability/capability.ts';
import type { Finding } from '../finding/finding.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Use } from '../resolve/resolution.ts';
import { renderYaml } from '../template/render-yaml.ts';

/** The documents of a capability's deploy templates for one instance. */
export function capabilityObjects(
  use: Use,
  context: Traced,
): { readonly nodes: readonly Traced[]; readonly findings: readonly Finding[] } {
  const rendered = use.capability.deploy.map((template) => renderYaml(template, context, versioned(use.capability)));
  return {
    nodes: rendered.flatMap(({ documents }) => documents),
    findings: rendered.flatMap(({ findings }) => findings),
  };
}
