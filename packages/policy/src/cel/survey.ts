import { callOf, childrenOf, type EngineNode, identifierOf, isEngineNode } from './engine-node.ts';
import { hasMacro } from './has-macro.ts';
import { type Meter, meterConcatenation, meterLoop } from './meter.ts';
import { libraryOf } from './not-supported.ts';
import type { Compilation } from './program.ts';

/**
 * Deeper trees are refused: evaluation recurses, and how deep a stack goes differs between machines,
 * while a verdict must not.
 */
const MAXIMUM_DEPTH = 400;

type Refusal = Extract<Compilation, { kind: 'error' }>;

/**
 * Looks at every node of a parsed expression before it is type checked: refuses what is nested too
 * deeply or not supported, and replaces what the engine does differently from cel-go.
 *
 * @returns the first refusal, or the number of nodes
 */
export function survey(root: EngineNode, meter: Meter): Refusal | number {
  const rest: { readonly node: EngineNode; readonly depth: number }[] = [{ node: root, depth: 1 }];
  let nodes = 0;
  for (let next = rest.pop(); next; next = rest.pop()) {
    nodes += 1;
    if (next.depth > MAXIMUM_DEPTH) {
      return refusal(`the expression is nested deeper than ${MAXIMUM_DEPTH} levels`, next.node.start);
    }
    const refused = adapt(next.node, meter);
    if (refused) return refused;
    for (const node of childrenOf(next.node)) rest.push({ node, depth: next.depth + 1 });
  }
  return nodes;
}

function adapt(node: EngineNode, meter: Meter): Refusal | undefined {
  if (node.op === '+') meterConcatenation(node, meter);
  const call = callOf(node);
  if (!call) return undefined;
  const library = libraryOf(call.name, call.args.length, call.receiver && { identifier: identifierOf(call.receiver) });
  if (library)
    return { ...refusal(`${call.name}() of ${library} is not supported yet`, node.start), notSupported: true };
  const { alternate } = node.meta;
  if (isEngineNode(alternate) && alternate.op === 'comprehension') meterLoop(alternate, call.name, meter);
  if (call.name === 'has' && !call.receiver) return replaceHas(node, call.args);
  // The engine's own `matches` runs JavaScript's backtracking RegExp; ours takes linear time.
  if (call.name === 'matches' && call.receiver && Array.isArray(node.args)) node.args[0] = LINEAR_MATCHES;
  return undefined;
}

/** The name under which the linear-time `matches` is registered; the engine does not let us replace its own. */
export const LINEAR_MATCHES = 'matchesInLinearTime';

function replaceHas(node: EngineNode, args: readonly EngineNode[]): Refusal | undefined {
  const [argument] = args;
  const macro = argument && args.length === 1 ? hasMacro(argument) : undefined;
  if (!macro) return refusal('has() takes one field, such as has(object.spec.replicas)', node.start);
  node.setMeta('macro', macro).setMeta('async', false);
  return undefined;
}

function refusal(message: string, offset: number): Refusal {
  return { kind: 'error', message, offset, notSupported: false };
}
