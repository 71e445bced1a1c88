/** A reference to an image, taken apart; nobody asks a registry. */
export interface ImageReference {
  /** `index.docker.io` where none is written. */
  readonly registry: string;
  /** `library/nginx` for `nginx`. */
  readonly repository: string;
  /** The one that is written; for a reference without tag and digest `latest`, for one with a digest only ''. */
  readonly tag: string;
  /** `sha256:…`, or ''. */
  readonly digest: string;
}

const DOCKER_HUB = 'index.docker.io';
const REPOSITORY = /^[a-z0-9_\-./]{2,255}$/;
const TAG = /^[\w\-.]{1,128}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** An authority of RFC 3986 as Go's `url.Parse` gives it back unchanged: a name or address, and perhaps a port. */
const AUTHORITY = /^(?:[\w\-.~!$&'()*+,;=\u0080-\uffff]*|\[[0-9a-fA-F:.]+\])(?::[0-9]*)?$/;

/**
 * Takes a reference apart as Kyverno does (go-containerregistry, `name.ParseReference`, weak validation).
 *
 * @returns `undefined` for a text that is no reference
 */
export function parseImageReference(text: string): ImageReference | undefined {
  return readTag(text) ?? readDigest(text);
}

function readTag(text: string): ImageReference | undefined {
  const { base, tag } = splitTag(text);
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  const repository = readRepository(base);
  return repository && { ...repository, tag: tag ?? 'latest', digest: '' };
}

/** What stands behind the last colon is a tag, unless it has a slash: then the colon belongs to a registry's port. */
function splitTag(text: string): { readonly base: string; readonly tag: string | undefined } {
  const colon = text.lastIndexOf(':');
  if (colon < 0 || text.includes('/', colon)) return { base: text, tag: undefined };
  return { base: text.slice(0, colon), tag: text.slice(colon + 1) };
}

function readDigest(text: string): ImageReference | undefined {
  const [name = '', digest = '', ...more] = text.split('@');
  if (more.length > 0 || !DIGEST.test(digest)) return undefined;
  const tagged = readTag(name);
  const repository = tagged ?? readRepository(name);
  if (repository === undefined) return undefined;
  const { registry, repository: path } = repository;
  return { registry, repository: path, tag: splitTag(name).tag ?? '', digest };
}

function readRepository(text: string): Pick<ImageReference, 'registry' | 'repository'> | undefined {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  const path = hasRegistry ? text.slice(slash + 1) : text;
  if (!REPOSITORY.test(path) || !AUTHORITY.test(hasRegistry ? first : '')) return undefined;
  const registry = !hasRegistry || first === 'docker.io' ? DOCKER_HUB : first;
  const repository = registry === DOCKER_HUB && !path.includes('/') ? `library/${path}` : path;
  return { registry, repository };
}
