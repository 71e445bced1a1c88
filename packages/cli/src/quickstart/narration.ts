import { styleText } from 'node:util';
import { wrapText } from './wrap-text.ts';

/** Where the narration goes: `process.stdout`, or a test's text. */
export interface Page {
  write(text: string): unknown;
  /** Of a terminal: its width in characters. */
  readonly columns?: number;
}

export interface Narration {
  step(number: number, of: number, title: string, why: string): void;
  /** A command, before it runs. */
  command(text: string): void;
  /** What a command printed. */
  output(text: string): void;
  /** A remark of the narrator's own. */
  note(text: string): void;
  change(path: string, removed: string, added: string): void;
  /** Lines without indentation: the beginning and the end. */
  say(...lines: readonly string[]): void;
}

/** Characters; longer lines are hard to read. */
const widest = 100;

/**
 * Tells the tour: numbered steps, each command below its reason, each output indented below its command.
 *
 * @param colour only for a terminal
 */
export function narrationOn(page: Page, colour: boolean): Narration {
  const styled = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const line = (text: string) => page.write(`${text}\n`);
  const width = Math.min(page.columns ?? widest, widest);
  return {
    step(number, of, title, why) {
      line('');
      line(styled('bold', `${number}/${of} ${title}`));
      for (const each of wrapText(why, width)) line(styled('dim', each));
    },
    command: (text) => line(`  ${styled('cyan', `$ ${text}`)}`),
    output(text) {
      const shown = text.trimEnd();
      if (shown !== '') for (const each of shown.split('\n')) line(`    ${each}`.trimEnd());
    },
    note: (text) => line(`    ${styled('dim', text)}`),
    change(path, removed, added) {
      line(`  ${styled('cyan', `edit ${path}`)}`);
      line(`    ${styled('red', `- ${removed}`)}`);
      line(`    ${styled('green', `+ ${added}`)}`);
    },
    say(...lines) {
      for (const each of lines) line(each);
    },
  };
}
