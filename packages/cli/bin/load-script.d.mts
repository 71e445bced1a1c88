/** Runs a script whose compilation is kept beside it. */
export function loadScript(
  file: string,
  use: string,
  took?: () => number,
): { readonly exports: unknown; readonly name: string; readonly keep: () => void };
