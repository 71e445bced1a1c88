import { setTimeout as wait } from 'node:timers/promises';
import type { App } from './server.ts';

export interface ShutDownOptions {
  /** Milliseconds in which new requests are still answered, because Kubernetes' proxies learn late that the pod ends. */
  readonly drainDelay: number;
  /** Milliseconds after which requests that are still open are cut off. */
  readonly timeout: number;
}

/**
 * Ends the server without losing a request: not ready, wait, take no more connections, let open requests finish.
 * Both times together have to be less than the pod's terminationGracePeriodSeconds (40 s).
 */
export async function shutDown(app: App, { drainDelay, timeout }: ShutDownOptions): Promise<void> {
  app.drain();
  await wait(drainDelay);
  const cutOff = setTimeout(() => app.server.closeAllConnections(), timeout);
  await new Promise<void>((resolve) => app.server.close(() => resolve()));
  clearTimeout(cutOff);
}
