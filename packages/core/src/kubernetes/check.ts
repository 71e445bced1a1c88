import type { Json } from '../json/json.ts';
import type { Traced } from '../provenance/traced.ts';
import type { CheckRun } from './check-run.ts';

/** Looks at one value by one schema. */
export type Check = (node: Traced, run: CheckRun) => void;

/** What compiling a schema needs from around it. */
export interface Compiler {
  /** A schema that stands inside of another. */
  compile(schema: Json | undefined): Check;
  /** One of a choice (`anyOf` and the like): it only adds conditions, the fields stand in the schema around it. */
  compileChoice(schema: Json): Check;
  /** Whether fields that a schema does not name are refused; not inside of a choice. */
  readonly closed: boolean;
}
