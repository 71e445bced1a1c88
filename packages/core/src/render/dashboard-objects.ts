import { versioned } from '../capability/capability.ts';
import type { Finding, Position } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { isObject, type Json, type JsonObject } from '../json/json.ts';
import { build } from '../provenance/build.ts';
import { child, stringIn, type Traced, toJson } from '../provenance/traced.ts';
import type { Use } from '../resolve/resolution.ts';
import { jsonText, type Layout } from '../template/json-text.ts';
import { type EvaluatedTemplate, evaluateYaml, fillDocuments } from '../template/render-yaml.ts';
import { type Template, tokenOpen } from '../template/template.ts';
import type { DashboardResult, UseMemo } from './service-memo.ts';

/** Grafana takes no longer identifier of a dashboard. */
const maxUid = 40;

/**
 * The dashboards of one instance, each in a ConfigMap with the label that Grafana's sidecar looks for. The name of the
 * file and the `uid` begin with the instance's, because in Grafana those of all services lie together.
 */
export function dashboardObjects(
  use: Use,
  context: Traced,
  memo: UseMemo,
): { readonly nodes: readonly Traced[]; readonly findings: readonly Finding[] } {
  const nodes: Traced[] = [];
  const findings: Finding[] = [];
  for (const { template, name } of use.capability.dashboards) {
    const made = memo.dashboards.made(template, context, () => dashboard(use, context, template, name));
    if ('node' in made) nodes.push(made.node);
    else findings.push(...made.findings);
  }
  return { nodes, findings };
}

function dashboard(use: Use, context: Traced, template: Template, name: string): DashboardResult {
  const capability = versioned(use.capability);
  const evaluated = evaluateYaml(template, context, capability);
  if ('findings' in evaluated) return evaluated;
  // There is one workload in a service, and its name means more to people than an instance's.
  const service = stringIn(child(child(context, 'service'), 'name'));
  const owner = (use.path === '' ? service : undefined) ?? use.instance.name;
  const position = template.placeOf(0, 0);
  const uid = `${use.instance.id}-${name}`.slice(0, maxUid);
  const text = jsonText(evaluated, layout, { uid }) ?? textOfFilled(evaluated, uid, position);
  if (typeof text !== 'string') return { findings: text };
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${owner}-${name}`, labels: { grafana_dashboard: '1' } },
    data: { [`${owner}-${name}.json`]: text },
  };
  return { node: build(object, { kind: 'template', capability, position }) };
}

/** The text as it is in each render of one shape; a `uid` of the template's own depends on what it prints. */
const layout: Layout = (document, mark) => {
  const uid = mark('uid');
  if (!isObject(document) || isMarked(document['uid'])) return undefined;
  return dashboardText(document, uid);
};

function isMarked(value: Json | undefined): boolean {
  return typeof value === 'string' && value.includes(tokenOpen);
}

/** The text of a dashboard whose keys or parts depend on values, or what is wrong with it. */
function textOfFilled(evaluated: EvaluatedTemplate, uid: string, position: Position): string | readonly Finding[] {
  const { documents, findings } = fillDocuments(evaluated);
  if (findings.length > 0) return findings;
  const [document, ...others] = documents.map(toJson);
  if (isObject(document) && others.length === 0) return dashboardText(document, uid);
  const hint = "save it as Grafana's JSON model";
  const message = 'a dashboard is one JSON object';
  return [{ code: 'render/not-a-dashboard', severity: 'error', message, hint, ...position }];
}

/** Keys sorted, so that equal dashboards have equal bytes; without the number that Grafana's own database gave it. */
function dashboardText(document: JsonObject, ownUid: string): string {
  const { id: _, ...rest } = document;
  const uid = rest['uid'] ?? ownUid;
  return `${JSON.stringify(JSON.parse(canonicalJson({ ...rest, uid })), undefined, 2)}\n`;
}
