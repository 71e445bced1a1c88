import { library } from '../../function-declaration.ts';
import { opaqueType } from '../../type.ts';
import { ArrayList, CelError, CelOpaque, EntryMap } from '../../value.ts';
import { hostnameOf, parseUrl, portOf, queryOf, requestUriFailure, type Url } from './url.ts';

const URL_TYPE = opaqueType('kubernetes.URL');

/** A URL as a value of CEL; equal to one that is written out the same. */
export class CelUrl extends CelOpaque {
  readonly type = URL_TYPE;
  readonly url: Url;

  constructor(url: Url) {
    super();
    this.url = url;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof CelUrl && other.url.text === this.url.text;
  }
}

/** Reading a URL looks at each character a few times. */
const cost = (text: string): number => text.length / 4;

/** Kubernetes' URL library (apiserver, pkg/cel/library/urls.go). */
export const urlLibrary = library('kubernetes.urls', {
  types: { URL: { type: URL_TYPE, class: CelUrl } },
  functions: {
    'url(string): URL': {
      evaluate: (text) => {
        const result = parseUrl(text);
        return result.kind === 'parsed' ? new CelUrl(result.value) : new CelError(result.reason);
      },
      cost,
    },
    'isURL(string): bool': { evaluate: (text) => requestUriFailure(text) === undefined, cost },
    'URL.getScheme(): string': ({ url }) => url.scheme,
    'URL.getHost(): string': ({ url }) => url.host,
    'URL.getHostname(): string': ({ url }) => hostnameOf(url),
    'URL.getPort(): string': ({ url }) => portOf(url),
    'URL.getEscapedPath(): string': ({ url }) => url.escapedPath,
    'URL.getQuery(): map<string,list<string>>': {
      evaluate: ({ url }) => new EntryMap(Array.from(queryOf(url), ([key, values]) => [key, new ArrayList(values)])),
      cost: ({ url }) => cost(url.query),
    },
  },
});
