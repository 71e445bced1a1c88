import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from './log.ts';

/** The HTTP side of the service. */
export interface App {
  readonly server: Server;
  /** From now on /readyz says no: Kubernetes sends new requests to other pods. */
  drain(): void;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}
type Handler = (request: IncomingMessage) => Answer | Promise<Answer>;
export type Routes = Readonly<Record<string, Handler>>;

/** Your routes, by method and path. */
export const routes: Routes = {
  'GET /': () => ({ status: 200, body: { service: 'payments' } }),
};

/**
 * Makes the server without starting it. It answers in JSON, logs each request once it is answered, and
 * answers 500 to what a handler throws, without telling the caller why.
 */
export function createApp(log: Logger, own: Routes = routes): App {
  let draining = false;
  const probes: Routes = {
    // Alive: the process answers. Do not ask a database here: its outage would restart every pod.
    'GET /healthz': () => ({ status: 200, body: { status: 'ok' } }),
    // Ready: able to serve right now.
    'GET /readyz': () => (draining ? { status: 503, body: { status: 'draining' } } : { status: 200, body: { status: 'ok' } }),
  };
  const server = createServer((request, response) => {
    const began = performance.now();
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const route = `${request.method} ${path}`;
    const probe = Object.hasOwn(probes, route);
    response.once('finish', () => {
      const fields = { method: request.method, path, status: response.statusCode, milliseconds: Math.round(performance.now() - began) };
      // Probes come every few seconds; nobody wants to read them.
      log[probe ? 'debug' : 'info']('request', fields);
    });
    // A connection that stays open would keep sending requests here.
    if (draining) response.setHeader('connection', 'close');
    const handler = probe ? probes[route] : Object.hasOwn(own, route) ? own[route] : undefined;
    answer(handler ?? notFound, request).then(
      (result) => send(response, result),
      (error: unknown) => {
        log.error('request failed', { method: request.method, path, error });
        send(response, { status: 500, body: { error: 'internal error' } });
      },
    );
  });
  return {
    server,
    drain() {
      draining = true;
    },
  };
}

const notFound: Handler = () => ({ status: 404, body: { error: 'not found' } });

async function answer(handler: Handler, request: IncomingMessage): Promise<Answer> {
  return handler(request);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
