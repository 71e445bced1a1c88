import { dashed, type Verb, verbs } from '@idp/verbs/door';
import { shells } from './completion/complete-words.ts';

/** `idp --help`: what there is, in the order in which people need it. */
export function overview(): string {
  const width = Math.max(...verbs.map(({ name }) => name.length));
  const lines = verbs.map(({ name, schema }) => `  ${name.padEnd(width)}  ${schema.description}`);
  return `idp: a GitOps internal developer platform in one repository

${lines.join('\n')}

A day with it:
  idp g service checkout --owner=team-payments      a service that builds and tests
  idp g add checkout postgres --as=db --size=small  a capability, wired in
  idp validate && idp check                         what is wrong, and how to mend it
  idp plan --base=main                              what my change does to each environment
  idp promote --to=dev                              after the merge
  idp status
  idp catalog checkout                              who owns it, what it needs, who needs it

\`idp <verb> --help\` shows a verb's options and examples; \`idp completion bash|zsh|fish\` prints a shell's completion.
Every verb takes --root=<folder> and --format=pretty|json|github|markdown;
validate and check also --format=sarif|check-run.
Exit codes: 0 fine, 1 findings, 2 usage, 3 a conflict or a closed gate, 4 lost a race (repeat it),
5 the remote refused or could not be reached, 70 a bug of the tool.
`;
}

/** `idp <verb> --help`. */
export function helpOf({ name, schema }: Verb): string {
  const positional = Object.entries(schema.properties).filter(([, property]) => property['$default'] !== undefined);
  const required = schema.required ?? [];
  const words = positional.map(([option, property]) => {
    const word = `<${option}>${property['type'] === 'array' ? '…' : ''}`;
    return required.includes(option) ? word : `[${word}]`;
  });
  const named = required.filter((option) => !positional.some(([name]) => name === option));
  const needed = named.map((option) => `--${dashed(option)}${valueHint(schema.properties[option] ?? {})}`);
  const flags = Object.entries(schema.properties).map(
    ([option, property]) =>
      [`--${dashed(option)}${valueHint(property)}`, describe(property, required.includes(option))] as const,
  );
  const width = Math.max(...flags.map(([flag]) => flag.length));
  const examples = (schema.examples ?? []).map(({ command, description }) => `  ${command}\n      ${description}`);
  return `${schema.description}

Usage: ${['idp', name, ...words, ...needed, '[options]'].join(' ')}

Options:
${flags.map(([flag, description]) => `  ${flag.padEnd(width)}  ${description}`).join('\n')}

Examples:
${examples.join('\n')}
`;
}

/** `idp completion --help`, which is no verb: it reads no repository. */
export function completionHelp(): string {
  return `Prints a shell's completion: of verbs, options, and the names of services, capabilities, environments and policies.

Usage: idp completion ${shells.join('|')}

Examples:
  eval "$(npx idp completion bash)"
      in ~/.bashrc
  npx idp completion fish | source
      in ~/.config/fish/config.fish
`;
}

function valueHint(property: Readonly<Record<string, unknown>>): string {
  const choices = property['enum'];
  if (Array.isArray(choices)) return `=${choices.join('|')}`;
  return property['type'] === 'boolean'
    ? ''
    : `=<${property['type'] === 'integer' ? 'n' : property['type'] === 'array' ? 'a,b' : 'text'}>`;
}

function describe(property: Readonly<Record<string, unknown>>, required: boolean): string {
  const fallback = property['default'];
  const shown =
    fallback === undefined || fallback === false || (Array.isArray(fallback) && fallback.length === 0)
      ? ''
      : ` Default: ${String(fallback)}.`;
  return `${String(property['description'] ?? '')}${required ? ' Required.' : ''}${shown}`;
}
