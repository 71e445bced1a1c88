import { didYouMean, quote } from '@idp/core/did-you-mean';
import { findVerb, type Verb, verbs } from '@idp/verbs/door';
import { type Shell, shells } from './completion/complete-words.ts';
import { readOptions, type UsageError, type VerbArguments } from './read-options.ts';

export type ParsedArguments =
  | VerbArguments
  | { readonly kind: 'help'; readonly verb: Verb }
  | { readonly kind: 'overview' }
  | { readonly kind: 'version' }
  | { readonly kind: 'completion'; readonly shell: Shell }
  | { readonly kind: 'completion-help' }
  /** What a shell asks at a key: the words so far, the last one unfinished. */
  | { readonly kind: 'complete'; readonly words: readonly string[] }
  | UsageError;

/**
 * Reads the command line by the verb's schema: `--name=value`, `--name value`, `--flag`, `--no-flag`, and the
 * positional arguments that the schema names. `generate` is long for `g`.
 */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const [first, ...rest] = argv;
  if (first === 'help' && rest.length > 0) return parseArguments([...rest, '--help']);
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') return { kind: 'overview' };
  if (first === '--version' || first === '-v') return { kind: 'version' };
  if (first === '__complete') return { kind: 'complete', words: rest[0] === '--' ? rest.slice(1) : rest };
  if (first === 'completion') return completionOf(rest);
  const generating = first === 'g' || first === 'generate';
  if (generating && asksForHelp(rest[0])) return { kind: 'overview' };
  const name = generating ? `g ${rest[0] ?? ''}`.trim() : first;
  const verb = findVerb(name);
  if (verb === undefined) return unknownVerb(name, generating && (rest[0] === undefined || rest[0].startsWith('-')));
  const words = generating ? rest.slice(1) : rest;
  if (words.some(asksForHelp)) return { kind: 'help', verb };
  return readOptions(verb, words);
}

function asksForHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h';
}

function completionOf(words: readonly string[]): ParsedArguments {
  if (words.some(asksForHelp)) return { kind: 'completion-help' };
  const [written] = words;
  const shell = shells.find((name) => name === written);
  if (shell !== undefined) return { kind: 'completion', shell };
  return {
    kind: 'usage',
    code: 'unknown-shell',
    verb: 'completion',
    message: written === undefined ? 'which shell?' : `there is no completion for ${quote(written)}`,
    hint: `\`idp completion ${shells.join('|')}\` prints a script: \`eval "$(npx idp completion bash)"\` in ~/.bashrc`,
  };
}

function unknownVerb(name: string, generatorIsMissing: boolean): UsageError {
  const names = verbs.map((verb) => verb.name);
  const generators = names.filter((candidate) => candidate.startsWith('g '));
  return {
    kind: 'usage',
    code: 'unknown-verb',
    verb: '',
    message: generatorIsMissing ? 'which generator?' : `${quote(name)} is not a verb`,
    hint:
      didYouMean(generatorIsMissing ? '' : name, generatorIsMissing ? generators : names) ?? '`idp --help` shows all',
  };
}
