import { bracketFault } from './bracket-fault.ts';
import { asyncapiFault, openapiFault } from './described-api.ts';

/** A definition of one type, by what its specification makes of it. */
type Judge = (text: string) => string | undefined;

const protocolBuffers = { line: ['//'], quotes: ['"', "'"] };
const graphql = { line: ['#'], quotes: ['"""', '"'] };

/** The types that Backstage names; of others, and of `mcp-server`, nothing is known. */
const judges: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['openapi', openapiFault],
  ['asyncapi', asyncapiFault],
  [
    'grpc',
    (text) =>
      bracketFault(text, protocolBuffers) ??
      wanted(text, /^\s*(?:syntax|edition)\s*=\s*["']/m, 'it says no syntax and no edition') ??
      wanted(text, /^\s*service\s+\w/m, 'it has no service'),
  ],
  [
    'graphql',
    (text) =>
      bracketFault(text, graphql) ?? wanted(text, /^\s*(?:extend\s+)?(?:type|schema|interface)\b/m, 'it has no type'),
  ],
]);

/**
 * The first reason why a definition of an API is not of the type that it says.
 *
 * OpenAPI (2.0, 3) and AsyncAPI (2, 3) are parsed and held against what their specifications require of the whole:
 * version, info, paths or channels, operations with responses, operation ids that are unique, references that lead
 * somewhere. Of Protocol Buffers and GraphQL it is known whether every bracket, text and comment ends, and what has to be there.
 *
 * @param type `spec.type` of the API
 * @param text `spec.definition`
 * @returns `undefined` where nothing is wrong, and for a type that nothing is known of
 */
export function definitionFault(type: string, text: string): string | undefined {
  return judges.get(type)?.(text);
}

function wanted(text: string, pattern: RegExp, fault: string): string | undefined {
  return pattern.test(text) ? undefined : fault;
}
