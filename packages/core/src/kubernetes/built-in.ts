import { builtInTable } from './built-in-table.ts';
import { readTable } from './read-table.ts';
import type { TypeDefinitions } from './type-definitions.ts';

let table: TypeDefinitions | undefined;

/** Kubernetes' own types: the table is read when the first object is checked, a type when the first of its kind is. */
export function builtInDefinitions(): TypeDefinitions {
  table ??= readTable(builtInTable);
  return table;
}
