import type { Json } from '../../json/json.ts';
import { writeYaml } from '../../yaml/write-yaml.ts';

/** A value that a person typed, as a scalar of YAML on one line, wherever it is put behind a key. */
export function scalar(value: Json): string {
  const text = writeYaml(value).trimEnd();
  // Double quotes of JSON are those of YAML; a block would need the indentation of its place.
  return text.includes('\n') ? JSON.stringify(value) : text;
}
