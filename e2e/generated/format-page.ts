import { isObject, type Json, property, stringOf } from '@idp/core';
import type { Format } from './json-schemas.ts';

interface Row {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly fallback: string;
  readonly description: string;
}

export const generatedNote = '<!-- Written by `npm run docs`: edit the rule or the schema, not this page. -->';

/** A format's page: a table of its fields, from its schema. */
export function formatPage({ name, files, about, schema }: Format): string {
  const title = String(property(schema, 'title'));
  const rows = fieldRows(JSON.parse(JSON.stringify(schema)) as Json);
  return [
    generatedNote,
    `# ${title}`,
    '',
    `${about} Files: ${files}. Unknown fields are errors.`,
    '',
    `Schema: [schemas/${name}.schema.json](../../schemas/${name}.schema.json), from \`packages/core/src/schema/${name}.schema.ts\`.`,
    '',
    '| field | type | required | default | |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ path, type, required, fallback, description }) =>
        `| \`${path}\` | ${cell(type)} | ${required ? 'yes' : ''} | ${fallback} | ${cell(description)} |`,
    ),
    '',
  ].join('\n');
}

/** One row a field, those of maps and lists inside behind them. */
export function fieldRows(schema: Json, path = ''): readonly Row[] {
  const inList = property(schema, 'items');
  const inMap = property(schema, 'additionalProperties');
  const properties = property(schema, 'properties');
  const required = property(schema, 'required');
  const own = Object.entries(isObject(properties) ? properties : {}).flatMap(([name, field]): readonly Row[] => {
    const at = path === '' ? name : `${path}.${name}`;
    const fallback = property(field, 'default');
    const row = {
      path: at,
      type: typeText(field),
      required: Array.isArray(required) && required.includes(name),
      fallback: fallback === undefined ? '' : `\`${JSON.stringify(fallback)}\``,
      description: stringOf(property(field, 'description')) ?? '',
    };
    return [row, ...fieldRows(field, at)];
  });
  return [
    ...own,
    ...(inList === undefined ? [] : fieldRows(inList, `${path}[]`)),
    ...(isObject(inMap) ? fieldRows(inMap, `${path}.<name>`) : []),
  ];
}

function typeText(schema: Json): string {
  const constant = property(schema, 'const');
  if (constant !== undefined) return `\`${String(constant)}\``;
  const choices = property(schema, 'enum');
  if (Array.isArray(choices)) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  const branches = property(schema, 'anyOf');
  if (Array.isArray(branches)) return branches.map((branch: Json) => typeText(branch)).join(', ');
  const items = property(schema, 'items');
  if (items !== undefined) return `list of ${typeText(items)}`;
  const values = property(schema, 'additionalProperties');
  if (isObject(values)) return `map of ${typeText(values)}`;
  const type = stringOf(property(schema, 'type'));
  return type === undefined ? 'anything' : type === 'object' ? 'map' : type === 'string' ? 'text' : type;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
