import { type Parsed, parsed, refused } from '../parsed.ts';
import { fromUtf8Bytes, toUtf8Bytes } from '../utf8-bytes.ts';
import { escaped, isValidlyEncoded, unescaped } from './percent-encoding.ts';
import { parseHost } from './url-host.ts';

/** A URL as Kubernetes' CEL library shows it. */
export interface Url {
  readonly scheme: string;
  /** With its port; brackets around an IPv6 address. */
  readonly host: string;
  readonly escapedPath: string;
  readonly query: string;
  /** What two URLs are compared by. */
  readonly text: string;
}

interface Authority {
  readonly userinfo?: string;
  readonly host: string;
}

/**
 * Parses an absolute URL or an absolute path, as Go's url.ParseRequestURI followed by url.Parse do
 * (apiserver, pkg/cel/library/urls.go). The WHATWG parser of JavaScript would mend what those refuse.
 */
export function parseUrl(text: string): Parsed<Url> {
  const failure = requestUriFailure(text);
  if (failure !== undefined) return refused(`${JSON.stringify(text.slice(0, 256))} is not a URL: ${failure}`);
  const bytes = toUtf8Bytes(text);
  const hash = bytes.indexOf('#');
  const url = parseReference(hash < 0 ? bytes : bytes.slice(0, hash), hash < 0 ? '' : bytes.slice(hash + 1));
  return typeof url === 'string' ? refused(`${JSON.stringify(text.slice(0, 256))} is not a URL: ${url}`) : parsed(url);
}

/** Why Go's url.ParseRequestURI refuses the text; `undefined` when it does not. It knows no fragment. */
export function requestUriFailure(text: string): string | undefined {
  if (text === '') return 'empty url';
  const result = parseReference(toUtf8Bytes(text), '', { request: true });
  return typeof result === 'string' ? result : undefined;
}

/** The port, without the colon; empty when there is none. */
export function portOf({ host }: Url): string {
  return /:(\d*)$/.exec(host)?.[1] ?? '';
}

/** The host without its port and without the brackets of an IPv6 address. */
export function hostnameOf({ host }: Url): string {
  return host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/s, '$1');
}

/** Go gives up on a query with more parameters than this. */
const MAXIMUM_PARAMETERS = 10_000;

/** The values of each parameter in order; a malformed parameter is left out. */
export function queryOf({ query }: Url): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, string[]>();
  const pairs = toUtf8Bytes(query).split('&');
  if (pairs.length > MAXIMUM_PARAMETERS) return parameters;
  for (const pair of pairs) {
    if (pair === '' || pair.includes(';')) continue;
    const [name, value] = cut(pair, '=').map((part) => unescaped(part, 'query'));
    if (name === undefined || value === undefined) continue;
    const key = fromUtf8Bytes(name);
    const values = parameters.get(key) ?? [];
    values.push(fromUtf8Bytes(value));
    parameters.set(key, values);
  }
  return parameters;
}

function parseReference(text: string, fragment: string, mode = { request: false }): Url | string {
  if (hasControlCharacter(text)) return 'net/url: invalid control character in URL';
  if (text === '*') return urlOf({ scheme: '', path: '*', query: '', question: false, fragment });
  const [schemeText, afterScheme] = splitScheme(text);
  if (schemeText === '' && afterScheme !== text) return 'missing protocol scheme';
  const scheme = schemeText.toLowerCase();
  const question = afterScheme.endsWith('?') && afterScheme.indexOf('?') === afterScheme.length - 1;
  const [rest, query] = cut(afterScheme, '?');
  if (!rest.startsWith('/')) {
    if (scheme !== '') return urlOf({ scheme, opaque: rest, query, question, fragment });
    if (mode.request) return 'invalid URI for request';
    if (cut(rest, '/')[0].includes(':')) return 'first path segment in URL cannot contain colon';
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || (!mode.request && !rest.startsWith('///')));
  if (!hasAuthority) return urlOf({ scheme, path: rest, query, question, fragment });
  const slash = rest.indexOf('/', 2);
  const authority = parseAuthority(scheme, slash < 0 ? rest.slice(2) : rest.slice(2, slash));
  if (typeof authority === 'string') return authority;
  return urlOf({ scheme, authority, path: slash < 0 ? '' : rest.slice(slash), query, question, fragment });
}

interface Parts {
  readonly scheme: string;
  readonly authority?: Authority;
  readonly opaque?: string;
  readonly path?: string;
  readonly query: string;
  /** There is a question mark with nothing behind it. */
  readonly question: boolean;
  readonly fragment: string;
}

function urlOf({ scheme, authority, opaque, path = '', query, question, fragment }: Parts): Url | string {
  const decodedPath = unescaped(path, 'path');
  const decodedFragment = unescaped(fragment, 'fragment');
  if (decodedPath === undefined || decodedFragment === undefined) return 'it has an invalid escape';
  const shownPath = path === '*' || isValidlyEncoded(path, 'path') ? path : escaped(decodedPath, 'path');
  const shownFragment = isValidlyEncoded(fragment, 'fragment') ? fragment : escaped(decodedFragment, 'fragment');
  const userinfo = authority?.userinfo === undefined ? '' : `${authority.userinfo}@`;
  const host = escaped(authority?.host ?? '', 'host');
  const slashes = authority && (host !== '' || shownPath !== '' || userinfo !== '') ? '//' : '';
  const hierarchy = opaque === undefined || opaque === '' ? `${slashes}${userinfo}${host}${shownPath}` : opaque;
  const text = [
    scheme === '' ? '' : `${scheme}:`,
    hierarchy,
    query === '' && !question ? '' : `?${query}`,
    fragment === '' ? '' : `#${shownFragment}`,
  ].join('');
  return {
    scheme,
    host: fromUtf8Bytes(authority?.host ?? ''),
    escapedPath: fromUtf8Bytes(shownPath),
    query: fromUtf8Bytes(query),
    text: fromUtf8Bytes(text),
  };
}

function hasControlCharacter(bytes: string): boolean {
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes.charCodeAt(index);
    if (byte < 0x20 || byte === 0x7f) return true;
  }
  return false;
}

function splitScheme(text: string): [string, string] {
  if (text.startsWith(':')) return ['', text.slice(1)];
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text)?.[1];
  return scheme === undefined ? ['', text] : [scheme, text.slice(scheme.length + 1)];
}

const USERINFO = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;

function parseAuthority(scheme: string, text: string): Authority | string {
  const at = text.lastIndexOf('@');
  const host = parseHost(scheme, text.slice(at + 1));
  if (host.kind === 'refused') return host.reason;
  if (at < 0) return { host: host.value };
  const userinfo = text.slice(0, at);
  const decoded = USERINFO.test(userinfo) ? cut(userinfo, ':').map((part) => unescaped(part, 'userinfo')) : [];
  const [user, password] = decoded;
  if (user === undefined || password === undefined) return 'net/url: invalid userinfo';
  const shown = userinfo.includes(':')
    ? `${escaped(user, 'userinfo')}:${escaped(password, 'userinfo')}`
    : escaped(user, 'userinfo');
  return { host: host.value, userinfo: shown };
}

function cut(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
