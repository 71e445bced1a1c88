import { isLogLevel, type LogLevel, logLevels } from './log.ts';

/** Everything that can differ between two runs of the same build. */
export interface Config {
  /** TCP port, 0 for any free one. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** How long (ms) requests are still taken after SIGTERM, until Kubernetes has stopped sending new ones. */
  readonly drainDelay: number;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from environment variables.
 *
 * @throws ConfigError that names every variable that is wrong, not only the first
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const integer = (name: string, fallback: number, most: number): number => {
    const text = variables[name];
    if (text === undefined) return fallback;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value <= most)) problems.push(`${name} is "${text}"; it has to be a whole number from 0 to ${most}`);
    return value;
  };
  const port = integer('PORT', 8080, 65_535);
  const drainDelay = integer('DRAIN_DELAY_MS', 5_000, 60_000);
  const level = variables['LOG_LEVEL'] ?? 'info';
  if (!isLogLevel(level)) problems.push(`LOG_LEVEL is "${level}"; it has to be one of ${logLevels.join(', ')}`);
  if (problems.length > 0) throw new ConfigError(problems.join('; '));
  return { port, drainDelay, logLevel: isLogLevel(level) ? level : 'info' };
}
