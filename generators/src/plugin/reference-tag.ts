/**
 * A tag from an entity reference, as short as it stays clear: `group:default/team-payments` and
 * `team-payments` both make `owner:team-payments` (Backstage, "Entity references": kind and namespace have
 * defaults, and references are compared without regard to case).
 *
 * @returns one tag, or none for a missing or unusable reference
 */
export function referenceTag(tag: string, reference: string | undefined, defaultKind: string): readonly string[] {
  const match = /^(?:([^:/\s]+):)?(?:([^:/\s]+)\/)?([^:/\s]+)$/.exec(reference?.toLowerCase() ?? '');
  if (match === null) return [];
  const [, kind = defaultKind, namespace = 'default', name] = match;
  const shownKind = kind === defaultKind ? '' : `${kind}:`;
  const shownNamespace = namespace === 'default' ? '' : `${namespace}/`;
  return [`${tag}:${shownKind}${shownNamespace}${name}`];
}
