import { library } from '../function-declaration.ts';

/** Kubernetes' library for JSON patches (apiserver, pkg/cel/library/jsonpatch.go): RFC 6901, section 3. */
export const jsonPatchLibrary = library('kubernetes.jsonpatch', {
  functions: {
    'jsonpatch.escapeKey(string): string': {
      evaluate: (key) => key.replaceAll('~', '~0').replaceAll('/', '~1'),
      cost: (key) => key.length / 16,
    },
  },
});
