import { ConfigError, readConfig } from './config.ts';
import { createLogger } from './log.ts';
import { createApp } from './server.ts';
import { shutDown } from './shut-down.ts';

const service = 'invoices';

function start(): void {
  const config = readConfig(process.env);
  const log = createLogger({ service, level: config.logLevel });
  const app = createApp(log);
  app.server.once('error', (error) => {
    log.error('cannot listen', { port: config.port, error });
    process.exitCode = 1;
  });
  app.server.listen(config.port, () => log.info('listening', { port: config.port }));

  const stop = (signal: NodeJS.Signals) => {
    log.info('stopping', { signal });
    // Ctrl-C on a laptop: nobody routes traffic there, so there is nothing to wait for.
    const drainDelay = signal === 'SIGINT' ? 0 : config.drainDelay;
    shutDown(app, { drainDelay, timeout: 25_000 }).then(() => log.info('stopped'));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  start();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  createLogger({ service, level: 'error' }).error(error.message);
  process.exitCode = 1;
}
