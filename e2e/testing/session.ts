import type { Ran } from './run-bin.ts';

export interface SessionCommand {
  /** Without its comment. */
  readonly command: string;
  /** From the comment `# exits with 1`, else 0. */
  readonly exit: number;
  /** What the document says that it prints; undefined where it says nothing. */
  readonly output: readonly string[] | undefined;
}

/** The commands of a block: every line of `sh`, every `$ …` of `console` with what it prints. */
export function sessionOf(language: string, text: string): readonly SessionCommand[] {
  const whole = text.replaceAll('\\\n', ' ').split('\n');
  if (language === 'sh') return whole.filter((line) => /^[^#\s]/.test(line)).map((line) => command(line, undefined));
  const commands: { readonly line: string; readonly output: string[] }[] = [];
  for (const line of whole) {
    if (line.startsWith('$ ')) commands.push({ line: line.slice(2), output: [] });
    else if (line.trim() !== '') {
      const last = commands.at(-1);
      if (last === undefined) throw new Error(`a console begins with a command, not with ${line}`);
      last.output.push(line.trimEnd());
    }
  }
  return commands.map(({ line, output }) => command(line, output));
}

function command(line: string, output: readonly string[] | undefined): SessionCommand {
  return {
    command: line.replace(/\s+#.*$/, '').trim(),
    exit: Number(/# exits with (\d+)$/.exec(line.trim())?.[1] ?? 0),
    output,
  };
}

/** The first line of a document's excerpt that is not in what was printed, in this order. `…` stands for anything. */
export function missingLine({ output = [] }: SessionCommand, { stdout, stderr }: Ran): string | undefined {
  const printed = `${stdout}\n${stderr}`.split('\n').map((line) => line.trimEnd());
  let from = 0;
  for (const line of output) {
    if (line.trim() === '…') continue;
    const pattern = new RegExp(`^${line.split('…').map(escapePattern).join('.*')}$`);
    const at = printed.findIndex((candidate, index) => index >= from && pattern.test(candidate));
    if (at < 0) return line;
    from = at + 1;
  }
  return undefined;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
