import { resolve } from 'node:path';

export type QuickstartOptions =
  | { readonly kind: 'help' }
  | { readonly kind: 'usage'; readonly message: string }
  | { readonly kind: 'run'; readonly into: string | undefined; readonly from: string | undefined };

/** The options of `npm run quickstart -- …`; folders are made absolute from `folder`. */
export function readOptions(argv: readonly string[], folder: string): QuickstartOptions {
  const given: { into?: string; from?: string } = {};
  for (const word of argv) {
    if (word === '--help' || word === '-h') return { kind: 'help' };
    const [, name, value = ''] = /^--(into|from)=(.*)$/s.exec(word) ?? [];
    if (name !== 'into' && name !== 'from')
      return { kind: 'usage', message: `"${word}" is not an option; there are --into=<folder> and --from=<folder>` };
    if (value === '') return { kind: 'usage', message: `--${name} needs a folder` };
    given[name] = resolve(folder, value);
  }
  return { kind: 'run', into: given.into, from: given.from };
}
