import { didYouMean, type Finding, isObject, isPolicyDocument, property, quote, type Source } from '@idp/core';

/** What we read of a policy's annotations, by what a value looks like. */
const annotations: ReadonlyMap<string, RegExp> = new Map([
  ['title', /./],
  ['owner', /./],
  ['rationale', /./],
  ['mend', /./],
  ['waivable', /^(?:true|false)$/],
  ['waiver-days', /^[1-9][0-9]{0,3}$/],
  ['not-exported', /./],
]);

/**
 * Annotations of ours that nothing reads, or that say nothing. A misspelt `waivable: "false"` would leave a policy open to
 * waivers.
 */
export function annotationFindings(sources: readonly Source[]): readonly Finding[] {
  return sources.flatMap((source) =>
    source.documents.flatMap((value, document) => {
      if (!isPolicyDocument(value)) return [];
      const written = property(property(value, 'metadata'), 'annotations');
      if (!isObject(written)) return [];
      return Object.entries(written).flatMap(([key, content]): readonly Finding[] => {
        if (!key.startsWith('idp.internal/')) return [];
        const name = key.slice('idp.internal/'.length);
        const pattern = annotations.get(name);
        if (pattern?.test(String(content))) return [];
        const known = [...annotations.keys()].map((each) => `idp.internal/${each}`);
        return [
          {
            code: 'policy/annotation',
            severity: 'error',
            message:
              pattern === undefined
                ? `nothing reads the annotation ${quote(key)}`
                : `the annotation ${quote(key)} cannot be ${quote(String(content))}`,
            hint: pattern === undefined ? (didYouMean(key, known) ?? `there is ${known.join(', ')}`) : hintOf(name),
            ...source.locate(['metadata', 'annotations', key], 'key', document),
          },
        ];
      });
    }),
  );
}

function hintOf(name: string): string {
  if (name === 'waivable') return 'write "true" or "false"';
  return name === 'waiver-days' ? 'write a number of days, such as "90"' : 'say it in words, or leave it out';
}
