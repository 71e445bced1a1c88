import { canonicalJson } from '../json/canonical-json.ts';
import { isList, isMap, type Traced, toJson } from '../provenance/traced.ts';
import { writeInline } from '../yaml/write-yaml.ts';
import { evaluate } from './evaluate.ts';
import type { Template } from './template.ts';
import { textOf } from './value-text.ts';

/**
 * Renders a text template: a scaffolded file or an output's value. A bare `{{x}}` prints text, `{{json x}}`
 * a JSON value, `{{yaml x}}` one inline YAML value, so that a quote in a title cannot break out of a file.
 */
export function renderText(template: Template, context: Traced): string {
  const pieces: string[] = [];
  for (const segment of evaluate(template, context)) {
    if (segment.kind === 'text') pieces.push(segment.text);
    else if (segment.helper === 'yaml') pieces.push(inlineYaml(segment.value));
    else pieces.push(textOf(segment.value));
  }
  return pieces.join('');
}

function inlineYaml(value: Traced): string {
  return isMap(value) || isList(value)
    ? canonicalJson(toJson(value))
    : writeInline(value.content as string | number | boolean | null);
}
