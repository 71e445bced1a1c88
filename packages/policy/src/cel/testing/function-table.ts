import { DEFAULT_LIBRARIES } from '../default-libraries.ts';
import type { FunctionDeclaration } from '../function-declaration.ts';
import { authorizerLibrary } from '../libraries/authorizer-library.ts';
import { functionExamples } from './function-examples.ts';

/** A function or a macro with all its overloads. */
export interface FunctionRow {
  readonly library: string;
  /** With a leading dot for a method. */
  readonly name: string;
  readonly signatures: readonly string[];
  /** An expression that is true; the authorizer's functions are only declared. */
  readonly example: string | undefined;
}

/** Every function that a ValidatingAdmissionPolicy can call here, and the macros. */
export function functionTable(): readonly FunctionRow[] {
  const macros = Object.entries(functionExamples['macros'] ?? {}).map(([name, example]) => {
    return { library: 'macros', name, signatures: [], example };
  });
  const rows = DEFAULT_LIBRARIES.flatMap((library) => {
    const names = new Set(library.functions.map(nameOf));
    return Array.from(names, (name) => ({
      library: library.name,
      name,
      signatures: library.functions.filter((declared) => nameOf(declared) === name).map(({ text }) => text),
      example: functionExamples[library.name]?.[name],
    }));
  });
  return [...macros, ...rows];
}

/** The library whose functions are declared and never called. */
export const undecidedLibrary: string = authorizerLibrary.name;

function nameOf({ name, style }: FunctionDeclaration): string {
  return style === 'method' ? `.${name}` : name;
}
