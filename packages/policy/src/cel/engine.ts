import { Environment } from '@marcbachmann/cel-js';
import { registerAuthorizer } from './functions/authorizer.ts';
import { registerFormat } from './functions/format.ts';
import { registerMatches } from './functions/matches.ts';
import { registerQuantity } from './functions/quantity.ts';
import { registerStrings } from './functions/strings.ts';
import { LazyRecord } from './read-input.ts';

const LIMITS = {
  maxAstNodes: 20_000,
  maxDepth: 250,
  maxListElements: 1_000,
  maxMapEntries: 1_000,
  maxCallArguments: 32,
};

/** Engines by the variables that they declare. They hold no state of a run, so sharing them is safe. */
const engines = new Map<string, Environment>();

/** The engine for expressions over these variables. */
export function engineFor(variables: readonly string[]): Environment {
  const key = variables.join(',');
  const known = engines.get(key);
  if (known) return known;
  const engine = createEngine();
  for (const name of variables) engine.registerVariable(name, name === 'authorizer' ? 'Authorizer' : 'dyn');
  engines.set(key, engine);
  return engine;
}

function createEngine(): Environment {
  const engine = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false, limits: LIMITS });
  engine.registerType('LazyRecord', LazyRecord);
  registerStrings(engine);
  registerFormat(engine);
  registerMatches(engine);
  registerQuantity(engine);
  registerAuthorizer(engine);
  return engine;
}
