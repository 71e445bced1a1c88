import type { Places } from './places.ts';
import type { Run } from './step.ts';

const plain = /^[\w@%+=:,./-]+$/;

/** A command as the reader would type it in the workspace, after setting `P` and `R` as the first lines say. */
export function shownCommand({ program, argv }: Run, { platform, remote }: Places): string {
  // A shell splits the value of a variable at spaces, unless it stands in double quotes.
  const quote = plain.test(platform) && plain.test(remote) ? '' : '"';
  const words = argv.map((argument) => {
    if (/\$[PR]/.test(argument)) return `${quote}${argument}${quote}`;
    const [, flag = '', value = argument] = /^(--[a-z-]+=)(.*)$/s.exec(argument) ?? [];
    return `${flag}${shellWord(value)}`;
  });
  return [program === 'idp' ? 'npx idp' : 'git', ...words].join(' ');
}

/** A text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
