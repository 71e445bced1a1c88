/** The whole language of templates (design, section 5): these helpers and no others. */
export const blockHelpers = ['if', 'unless', 'each'] as const;
export const inlineHelpers = ['yaml', 'json', 'indent', 'eq', 'and', 'or', 'not', 'lookup'] as const;

/** Whether a name is one of the helpers that stand in an expression; a path of that name is not reached. */
export function isHelper(name: string): boolean {
  return (inlineHelpers as readonly string[]).includes(name);
}

/** How many arguments each helper takes: least and most. */
export const helperArity: Readonly<Record<string, readonly [number, number]>> = {
  yaml: [1, 1],
  json: [1, 1],
  indent: [2, 2],
  eq: [2, 2],
  and: [1, 20],
  or: [1, 20],
  not: [1, 1],
  lookup: [2, 2],
  if: [1, 1],
  unless: [1, 1],
  each: [1, 1],
};

/** Helpers that print; the others only give values to `#if` and to each other. */
export const printingHelpers: readonly string[] = ['yaml', 'json', 'indent'];
