import { type Finding, type Json, schemaProblems } from '@idp/core';
import { dashed } from './dashed.ts';
import type { OptionSchema } from './verb.ts';

/** Fills in the defaults of a verb's schema and checks what was given; Nx itself lets some bad options through. */
export function checkOptions(
  schema: OptionSchema,
  given: Readonly<Record<string, unknown>>,
): { readonly options: Readonly<Record<string, unknown>>; readonly findings: readonly Finding[] } {
  // Entries, not assignments: `options['__proto__'] = …` would set a prototype and lose an option.
  const named = new Map(Object.entries(given).filter(([, value]) => value !== undefined));
  for (const [name, property] of Object.entries(schema.properties)) {
    const value = named.get(name) ?? property['default'];
    if (value === undefined) continue;
    const list = property['type'] === 'array' && !Array.isArray(value) ? [value] : value;
    named.set(name, inOurCase(list, property));
  }
  const options: Readonly<Record<string, unknown>> = Object.fromEntries(named);
  const findings = schemaProblems(schema, options as Json, 'ours').map((problem): Finding => {
    const name = String(problem.pointer[0] ?? '');
    const message =
      problem.kind === 'missing-field'
        ? `--${dashed(name)} is missing`
        : problem.kind === 'unknown-field'
          ? `--${dashed(name)} is not an option`
          : `--${dashed(name)}: ${problem.message}`;
    const described = Object.hasOwn(schema.properties, name) ? schema.properties[name]?.['description'] : undefined;
    const hint = problem.kind === 'missing-field' && typeof described === 'string' ? described : problem.hint;
    return {
      code: 'usage/option',
      severity: 'error',
      message,
      ...(hint !== undefined && { hint }),
      subject: `option:${name}`,
    };
  });
  return { options, findings };
}

/** `--kind=Resource` is what a catalog file says: where there is a choice, its words count in any case. */
function inOurCase(value: unknown, property: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => inOurCase(item, fieldOf(property, 'items')));
  const choices = fieldOf(property, 'enum');
  if (typeof value !== 'string' || !Array.isArray(choices) || choices.includes(value)) return value;
  const same = choices.filter((choice) => typeof choice === 'string' && choice.toLowerCase() === value.toLowerCase());
  return same.length === 1 ? same[0] : value;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
