/**
 * A literal inside a container's `env`, `command` or `args`, where Kubernetes expands `$(NAME)` and takes
 * `$$` for one `$` (Kubernetes API reference, Container, `args`). Doubles just those `$` that it would read.
 *
 * @param before whether a `$(NAME)` of ours follows directly
 */
export function escapeExpansion(text: string, before: boolean): string {
  const escaped = text.replace(/\$(?=[$(])/g, '$$$$');
  return before && escaped.endsWith('$') ? `${escaped}$` : escaped;
}
