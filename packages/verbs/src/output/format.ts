export type Format = 'pretty' | 'json' | 'sarif' | 'github' | 'check-run' | 'markdown';

const formats: readonly string[] = [
  'pretty',
  'json',
  'sarif',
  'github',
  'check-run',
  'markdown',
] satisfies readonly Format[];

/** Any text as a format: one that does not exist is reported in `pretty`, with the finding that says so. */
export function formatOf(text: unknown): Format {
  return typeof text === 'string' && isFormat(text) ? text : 'pretty';
}

function isFormat(text: string): text is Format {
  return formats.includes(text);
}
