import { canonicalJson } from '../json/canonical-json.ts';
import { isList, isMap, type Traced, toJson } from '../provenance/traced.ts';

/** A value as text: what a bare `{{x}}` prints. */
export function textOf(value: Traced | undefined): string {
  if (value === undefined || value.content === null) return '';
  return isMap(value) || isList(value) ? canonicalJson(toJson(value)) : String(value.content);
}
