import { maxBytes, type PublishedText, UnreadableError } from './published-file.ts';

/** Milliseconds until an answer has to be complete: a cluster has its documents ready. */
const timeout = 60_000;
/** A cluster has a document for each version of each group; those with very many operators have 200. */
const maxDocuments = 1000;
const atOnce = 4;

export interface AddressOptions {
  /** Sent as `Authorization: Bearer …`, to this very origin and nowhere else. */
  readonly token: string | undefined;
  readonly progress: (message: string) => void;
}

/** What one request answered. */
export async function readAddress(address: URL, { token }: AddressOptions): Promise<PublishedText> {
  if (token !== undefined && address.protocol === 'http:' && !isLoopback(address.hostname))
    throw new UnreadableError('a token is not sent over http: use https, or `kubectl proxy` without a token');
  const from = shown(address);
  try {
    const response = await fetch(address, {
      headers: {
        accept: 'application/json, */*;q=0.5',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      // A redirect would take the token, or us, to where nobody asked to go.
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    if (!response.ok) throw new UnreadableError(`${from} answered ${response.status} ${response.statusText}`, 'there');
    return { from, text: await bounded(response, from) };
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    throw new UnreadableError(`${from} could not be reached: ${reasonOf(error)}`, 'there');
  }
}

/** The documents that an index of `/openapi/v3` names: those of the groups, not the ones about the server itself. */
export async function readIndexed(
  index: URL,
  paths: Readonly<Record<string, unknown>>,
  options: AddressOptions,
): Promise<readonly PublishedText[]> {
  const addresses = Object.entries(paths)
    .filter(([path]) => /^(api\/[^/]+|apis\/[^/]+\/[^/]+)$/.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, entry]) => addressOf(path, entry, index));
  if (addresses.length > maxDocuments)
    throw new UnreadableError(`${shown(index)} names more than ${maxDocuments} documents`);
  const texts: PublishedText[] = [];
  for (let start = 0; start < addresses.length; start += atOnce) {
    options.progress(`reading the cluster's types: ${start} of ${addresses.length}`);
    texts.push(
      ...(await Promise.all(addresses.slice(start, start + atOnce).map((each) => readAddress(each, options)))),
    );
  }
  return texts;
}

function addressOf(path: string, entry: unknown, index: URL): URL {
  const relative =
    typeof entry === 'object' && entry !== null && 'serverRelativeURL' in entry ? entry.serverRelativeURL : undefined;
  const address =
    typeof relative === 'string' && URL.canParse(relative, index.href) ? new URL(relative, index) : undefined;
  if (address === undefined) throw new UnreadableError(`${shown(index)} says no address of ${path}`, 'there');
  if (address.origin !== index.origin)
    throw new UnreadableError(`${shown(index)} leads to another server: ${shown(address)}`, 'there');
  return address;
}

async function bounded(response: Response, from: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new UnreadableError(`${from} answered more than ${maxBytes} bytes`, 'there');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Without what may be secret in it. */
function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeout / 1000} seconds`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
