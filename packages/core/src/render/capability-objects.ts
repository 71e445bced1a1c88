import { versioned } from '../capability/capability.ts';
import type { Finding } from '../finding/finding.ts';
import type { Traced } from '../provenance/traced.ts';
import type { Use } from '../resolve/resolution.ts';
import { renderYaml } from '../template/render-yaml.ts';
import type { Template } from '../template/template.ts';
import { dashboardObjects } from './dashboard-objects.ts';
import type { UseMemo } from './service-memo.ts';

/** An object before it has its owner's namespace and labels. */
export interface MadeObject {
  readonly node: Traced;
  /** The instance whose template made it; `undefined` for the conversion's own. */
  readonly by: Use | undefined;
  /** What the folder of the template is for, in the place of the kinds that the capability declares. */
  readonly only?: Only;
}

export interface Only {
  readonly what: 'alerts' | 'dashboards';
  readonly kind: string;
}

const alerts: Only = { what: 'alerts', kind: 'monitoring.coreos.com/v1/PrometheusRule' };
const dashboards: Only = { what: 'dashboards', kind: 'v1/ConfigMap' };

/** What a capability renders for one instance: its deploy templates, its alerts and its dashboards. */
export function capabilityObjects(
  use: Use,
  context: Traced,
  memo: UseMemo,
): { readonly objects: readonly MadeObject[]; readonly findings: readonly Finding[] } {
  const { capability } = use;
  const rendered = (templates: readonly Template[]) => {
    const nodes: Traced[] = [];
    const findings: Finding[] = [];
    for (const template of templates) {
      const { documents, findings: wrong } = renderYaml(template, context, versioned(capability), memo.documents);
      nodes.push(...documents);
      findings.push(...wrong);
    }
    return { nodes, findings };
  };
  const made = [
    { ...rendered(capability.deploy), only: undefined },
    { ...rendered(capability.alerts), only: alerts },
    { ...dashboardObjects(use, context, memo), only: dashboards },
  ];
  return {
    objects: made.flatMap(({ nodes, only }) =>
      nodes.map((node) => ({ node, by: use, ...(only !== undefined && { only }) })),
    ),
    findings: made.flatMap(({ findings }) => findings),
  };
}
