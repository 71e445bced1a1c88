import type { Rule } from '../finding/rule.ts';

const domain = `apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: loyalty }
spec: { owner: team-payments }
`;
const passes = { 'catalog/loyalty.yaml': domain };

/** What every file can be wrong in, before anybody asks what it means. */
export const sourceRules: readonly Rule[] = [
  {
    code: 'source/invalid-yaml',
    severity: 'error',
    title: 'A file is YAML 1.2 that JSON can say',
    why: 'Of a file that cannot be read nothing is known. Duplicate keys, anchors that contain themselves, and masses of aliases, values (100,000) or documents (1,000) are refused as well: they mean something else to every reader, or are made to harm.',
    mend: 'Mend the YAML at the place that is shown. An editor with the YAML language server shows the same.',
    examples: { fails: { 'catalog/loyalty.yaml': `${domain}spec: { owner: team-loyalty }\n` }, passes },
  },
  {
    code: 'source/not-utf8',
    severity: 'error',
    title: 'A file is UTF-8',
    why: 'Any other encoding is read differently by every tool.',
    mend: 'Save the file as UTF-8.',
    examples: { fails: { 'catalog/loyalty.yaml': Uint8Array.of(0x6b, 0x3a, 0x20, 0xe4, 0x0a) }, passes },
  },
  {
    code: 'source/symlink',
    severity: 'error',
    title: 'A file is not a symbolic link',
    why: 'A link can lead out of the folder that its owners may change, and every checkout reads it differently.',
    mend: 'Put the file itself at this place.',
    examples: { fails: { 'catalog/loyalty.yaml': { mode: '120000', content: 'payments.yaml' } }, passes },
  },
  {
    code: 'source/too-large',
    severity: 'error',
    title: 'A file has at most 2,000,000 bytes',
    why: 'A file that takes a minute to read makes everybody wait.',
    mend: 'Split the file.',
    examples: { fails: { 'catalog/loyalty.yaml': `${'# a comment\n'.repeat(170_000)}${domain}` }, passes },
  },
  {
    code: 'source/unreadable',
    severity: 'error',
    title: 'What should be a file is one, and may be read',
    why: 'A submodule is another repository: what is in it is not part of this one. A file that may not be read ends the run: nobody knows what is in it.',
    mend: 'Put a file at this place, with rights to read it.',
    examples: { fails: { 'catalog/loyalty.yaml': { mode: '160000', content: '' } }, passes },
  },
];
