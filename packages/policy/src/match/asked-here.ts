import type { MatchResources } from './match-resources.ts';

/** Requests that there are before a merge: objects are created or updated there, and nothing is deleted or connected to. */
const OPERATIONS: readonly string[] = ['*', 'CREATE', 'UPDATE'];

/** Why a policy or its rules can never be asked here; `undefined` when they can. */
export function neverAsked({ rules }: Pick<MatchResources, 'rules'>): string | undefined {
  if (rules.length === 0) return undefined;
  const asked = rules.filter(({ operations }) => operations.some((operation) => OPERATIONS.includes(operation)));
  if (asked.length === 0) {
    const operations = [...new Set(rules.flatMap((rule) => rule.operations))].sort();
    return `its rules are about ${operations.join(' and ')} alone, and before a merge there is no such request`;
  }
  const objects = asked.filter(({ resources }) => resources.some((name) => !name.includes('/') || name.endsWith('/*')));
  if (objects.length > 0) return undefined;
  const resources = [...new Set(asked.flatMap((rule) => rule.resources))].sort();
  return `its rules are about ${resources.join(' and ')} alone, and before a merge there is no request for a subresource`;
}
