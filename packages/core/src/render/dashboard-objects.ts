import { type Dashboard, versioned } from '../capability/capability.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { isObject, type Json } from '../json/json.ts';
import { build } from '../provenance/build.ts';
import { child, stringIn, type Traced, toJson } from '../provenance/traced.ts';
import type { Use } from '../resolve/resolution.ts';
import { renderYaml } from '../template/render-yaml.ts';

/** Grafana takes no longer identifier of a dashboard. */
const maxUid = 40;

/**
 * The dashboards of one instance, each in a ConfigMap with the label that Grafana's sidecar looks for. The name of the
 * file and the `uid` begin with the instance's, because in Grafana those of all services lie together.
 */
export function dashboardObjects(
  use: Use,
  context: Traced,
): { readonly nodes: readonly Traced[]; readonly findings: readonly Finding[] } {
  // There is one workload in a service, and its name means more to people than an instance's.
  const service = stringIn(child(child(context, 'service'), 'name'));
  const owner = (use.path === '' ? service : undefined) ?? use.instance.name;
  const nodes: Traced[] = [];
  const findings: Finding[] = [];
  for (const dashboard of use.capability.dashboards) {
    const { template, name } = dashboard;
    const rendered = renderYaml(template, context, versioned(use.capability));
    findings.push(...rendered.findings);
    if (rendered.findings.length > 0) continue;
    const position = template.placeOf(0, 0);
    const [document, ...others] = rendered.documents.map(toJson);
    if (!isObject(document) || others.length > 0) {
      findings.push({
        code: 'render/not-a-dashboard',
        severity: 'error',
        message: 'a dashboard is one JSON object',
        hint: "save it as Grafana's JSON model",
        ...position,
      });
      continue;
    }
    const origin = { kind: 'template' as const, capability: versioned(use.capability), position };
    nodes.push(
      build(
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: `${owner}-${name}`, labels: { grafana_dashboard: '1' } },
          data: { [`${owner}-${name}.json`]: dashboardText(document, dashboard, use) },
        },
        origin,
      ),
    );
  }
  return { nodes, findings };
}

/** Keys sorted, so that equal dashboards have equal bytes; without the number that Grafana's own database gave it. */
function dashboardText(document: Json, { name }: Dashboard, { instance }: Use): string {
  const { id: _, ...rest } = document as { readonly [key: string]: Json };
  const uid = rest['uid'] ?? `${instance.id}-${name}`.slice(0, maxUid);
  return `${JSON.stringify(JSON.parse(canonicalJson({ ...rest, uid })), undefined, 2)}\n`;
}
