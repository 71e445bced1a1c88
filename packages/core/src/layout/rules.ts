import type { Rule } from '../finding/rule.ts';

/** The path gate. */
export const writeRules: readonly Rule[] = [
  {
    code: 'write/refused-path',
    severity: 'error',
    title: 'A file is written only inside the folder that was granted, under a plain name',
    why: 'A template, an option or a lock may come from anybody: `../`, links and names that some systems read as others would lead out of the folder.',
    mend: 'Use a relative path of plain names inside the folder that the generator was given.',
    when: "A file of a capability's `templates/scaffold` would be written to where a symbolic link stands.",
  },
];
