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
    if (value !== undefined) named.set(name, property['type'] === 'array' && !Array.isArray(value) ? [value] : value);
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
