import type { Environment } from '@marcbachmann/cel-js';

/** The functions of cel-go's strings library that the engine lacks (version 0, as Kubernetes enables it). */
export function registerStrings(engine: Environment): void {
  const sync = { async: false };
  engine.registerFunction('string.charAt(int): string', charAt, sync);
  engine.registerFunction(
    'string.replace(string, string): string',
    (text: string, old: string, by: string) => replace(text, old, by, -1),
    sync,
  );
  engine.registerFunction(
    'string.replace(string, string, int): string',
    (text: string, old: string, by: string, limit: bigint) => replace(text, old, by, Number(limit)),
    sync,
  );
}

function charAt(text: string, index: bigint): string {
  const characters = [...text];
  if (index < 0n || index > BigInt(characters.length)) throw new Error(`charAt(): index ${index} is out of range`);
  return characters[Number(index)] ?? '';
}

function replace(text: string, old: string, by: string, limit: number): string {
  const parts = old === '' ? ['', ...text, ''] : text.split(old);
  const replacements = limit < 0 ? parts.length - 1 : Math.min(limit, parts.length - 1);
  const [first = '', ...rest] = parts;
  return rest.reduce((result, part, index) => result + (index < replacements ? by : old) + part, first);
}
