import type { Finding } from '../../finding/finding.ts';
import type { Json } from '../../json/json.ts';
import type { Origin } from '../../provenance/origin.ts';
import { type Traced, toJson, traceJson } from '../../provenance/traced.ts';
import { renderText } from '../render-text.ts';
import { renderYaml } from '../render-yaml.ts';
import { parseTemplate, type Template, type TemplateMode } from '../template.ts';

/** A template of a test; it must parse. */
export function templateOf(text: string, mode: TemplateMode = 'yaml'): Template {
  const { template, findings } = parseTemplate({ path: 't.yaml', text, mode });
  if (template === undefined) throw new Error(JSON.stringify(findings));
  return template;
}

/** A value whose nodes say their pointer: `/params/size`. */
export function contextOf(value: Json): Traced {
  return traceJson(value, (pointer): Origin => {
    const place = { path: `/${pointer.join('/')}`, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return { kind: 'template', capability: 'context', position: place };
  });
}

/** What a YAML template makes of a value. */
export function rendered(
  text: string,
  value: Json,
): { readonly documents: readonly Json[]; readonly findings: readonly Finding[] } {
  const { documents, findings } = renderYaml(templateOf(text), contextOf(value), 'c@1.0.0');
  return { documents: documents.map(toJson), findings };
}

export function renderedText(text: string, value: Json): string {
  return renderText(templateOf(text, 'text'), contextOf(value));
}
