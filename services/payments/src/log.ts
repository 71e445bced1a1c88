export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export function isLogLevel(text: string): text is LogLevel {
  return (logLevels as readonly string[]).includes(text);
}

type Fields = Readonly<Record<string, unknown>>;
export type Logger = Readonly<Record<LogLevel, (message: string, fields?: Fields) => void>>;

export interface LoggerOptions {
  readonly service: string;
  /** Less important lines than this are left out. */
  readonly level: LogLevel;
  /** Where a line goes; standard output, unless a test wants to read it. */
  readonly write?: (line: string) => void;
}

/** Writes one JSON object a line, which every log collector understands. Never log secrets or personal data. */
export function createLogger({ service, level, write = (line) => process.stdout.write(line) }: LoggerOptions): Logger {
  const at = (own: LogLevel) => (message: string, fields: Fields = {}) => {
    if (logLevels.indexOf(own) < logLevels.indexOf(level)) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level: own, service, message, ...readable(fields) })}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** JSON shows an Error as `{}`; its stack is what people look for. */
function readable(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? (value.stack ?? value.message) : value]),
  );
}
