import type { Places } from './places.ts';
import { shellWord } from './shown-command.ts';

const nextCommands = [
  ['What would run in production:', 'npx idp render checkout --environment=prod --root=$P'],
  ['What runs in dev:', 'git -C $P show origin/env/dev:manifests/eu/checkout/checkout/deployment.apps-checkout.yaml'],
  ['One more service:', 'npx idp g service refunds --owner=team-payments --root=$P'],
  ['The next environment, which is refused for now, with the reason:', 'npx idp promote --to=staging --root=$P'],
  ['Everything else:', 'npx idp --help'],
] as const;

/**
 * What to do with the repository that is left behind.
 *
 * @param seconds how long the tour took
 */
export function closingWords({ into, platform, bin }: Places, workspace: string, seconds: number): readonly string[] {
  // No comments behind the commands: an interactive zsh takes them for arguments.
  return [
    '',
    `Done in ${seconds.toFixed(1)} s. The repository stays, to play in:`,
    '',
    `  cd ${shellWord(workspace)}`,
    `  P=${shellWord(platform)}`,
    ...nextCommands.flatMap(([meaning, command]) => ['', meaning, `  ${quoted(command, platform)}`]),
    '',
    'Or from inside, where --root is not needed:',
    `  cd ${shellWord(platform)}`,
    `  node ${shellWord(bin)} status`,
    '',
    'To remove all of it:',
    `  rm -rf ${shellWord(into)}`,
  ];
}

/** A shell splits the value of a variable at spaces, unless it stands in double quotes. */
function quoted(command: string, platform: string): string {
  return shellWord(platform) === platform ? command : command.replaceAll('$P', '"$P"');
}
