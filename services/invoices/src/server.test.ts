import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { ConfigError, readConfig } from './config.ts';
import { createLogger } from './log.ts';
import { type App, createApp, type Routes } from './server.ts';
import { shutDown } from './shut-down.ts';

/** A running server on a free port, its log lines, and a way to call it. It ends with its test, also when that fails. */
async function running(t: TestContext, routes?: Routes) {
  const lines: string[] = [];
  const log = createLogger({ service: 'test', level: 'info', write: (line) => lines.push(line) });
  const app: App = createApp(log, routes);
  app.server.listen(0, '127.0.0.1');
  await once(app.server, 'listening');
  const { port } = app.server.address() as AddressInfo;
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const stop = () => shutDown(app, { drainDelay: 0, timeout: 5_000 });
  t.after(() => {
    app.server.close();
    app.server.closeAllConnections();
  });
  return { app, lines, get, stop };
}

test('answers with its name', async (t) => {
  const { get } = await running(t);
  const response = await get('/');
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { service: 'invoices' });
});

test('is alive and ready, and not ready while it drains', async (t) => {
  const { app, get } = await running(t);
  assert.equal((await get('/healthz')).status, 200);
  assert.equal((await get('/readyz')).status, 200);
  app.drain();
  assert.equal((await get('/healthz')).status, 200);
  assert.equal((await get('/readyz')).status, 503);
});

test('answers 404 to what it does not know, whatever is behind the question mark', async (t) => {
  const { get } = await running(t);
  assert.equal((await get('/nothing?here=/healthz')).status, 404);
  assert.equal((await get('/constructor')).status, 404);
  assert.equal((await get('/?page=2')).status, 200);
});

test('answers 500 without details, and logs the details', async (t) => {
  const { get, stop, lines } = await running(t, {
    'GET /broken': () => {
      throw new Error('the reason');
    },
  });
  const response = await get('/broken');
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /the reason/);
  await stop();
  assert.match(lines.join(''), /the reason/);
});

test('logs each request as one line of JSON, but not probes', async (t) => {
  const { get, stop, lines } = await running(t);
  await (await get('/healthz')).text();
  await (await get('/?token=secret')).text();
  await stop();
  const [line, ...others] = lines.map((text): unknown => JSON.parse(text));
  assert.deepEqual(others, []);
  assert.ok(typeof line === 'object' && line !== null && 'path' in line && 'status' in line);
  assert.deepEqual([line.path, line.status], ['/', 200]);
});

test('takes no new requests, and lets an open one finish, before it stops', async (t) => {
  let arrived = () => {};
  let finish = () => {};
  const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
  const mayFinish = new Promise<void>((resolve) => (finish = resolve));
  const { get, stop } = await running(t, {
    'GET /slow': async () => {
      arrived();
      await mayFinish;
      return { status: 200, body: { done: true } };
    },
  });
  const response = get('/slow');
  await hasArrived;
  const stopped = stop();
  const answers = () => get('/').then(
    () => true,
    () => false,
  );
  while (await answers());
  finish();
  assert.equal((await response).status, 200);
  await stopped;
});

test('reads its configuration from variables', () => {
  assert.deepEqual(readConfig({}), { port: 8080, logLevel: 'info', drainDelay: 5_000 });
  assert.equal(readConfig({ PORT: '9090' }).port, 9090);
});

test('names every variable that is wrong', () => {
  assert.throws(
    () => readConfig({ PORT: '80a', LOG_LEVEL: 'loud', DRAIN_DELAY_MS: '-1' }),
    (error) => error instanceof ConfigError && ['PORT', 'LOG_LEVEL', 'DRAIN_DELAY_MS'].every((name) => error.message.includes(name)),
  );
});
