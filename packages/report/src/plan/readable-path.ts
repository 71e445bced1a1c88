const plainKey = /^[A-Za-z_][\w-]*$/;
const index = /^(0|[1-9]\d*)$/;

/**
 * A JSON pointer (RFC 6901) as people write paths: `/spec/containers/0/image` is `spec.containers[0].image`, a
 * key that is no plain word stands in brackets: `metadata.labels["app.kubernetes.io/name"]`.
 */
export function readablePath(pointer: string): string {
  const segments = pointer.split('/').slice(1);
  if (segments.length === 0) return '(whole object)';
  return segments
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((key, position) => {
      if (index.test(key)) return `[${key}]`;
      if (!plainKey.test(key)) return `[${JSON.stringify(key)}]`;
      return position === 0 ? key : `.${key}`;
    })
    .join('');
}
