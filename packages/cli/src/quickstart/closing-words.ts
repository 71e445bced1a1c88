import type { Places } from './places.ts';
import { shellWord } from './shown-command.ts';

const nextCommands = [
  ['npx idp render checkout --environment=prod --root=$P', 'what would run in production'],
  ['git -C $P show origin/env/dev:manifests/eu/checkout/checkout/deployment.apps-checkout.yaml', 'what runs in dev'],
  ['npx idp g service refunds --owner=team-payments --root=$P', 'one more service'],
  ['npx idp promote --to=staging --root=$P', 'refused until promotion knows gates'],
  ['npx idp --help', 'everything else'],
] as const;

/** What to do with the repository that is left behind. */
export function closingWords({ into, platform, bin }: Places, seconds: number): readonly string[] {
  return [
    '',
    `Done in ${seconds.toFixed(1)} s. The repository is yours to play in:`,
    '',
    `  P=${shellWord(platform)}`,
    ...nextCommands.map(([command, meaning]) => `  ${command}   # ${meaning}`),
    '',
    'The same from inside, where no --root is needed:',
    '',
    `  cd ${shellWord(platform)}`,
    `  node ${shellWord(bin)} status`,
    '',
    `Nothing else was touched; \`rm -rf ${shellWord(into)}\` removes all of it.`,
  ];
}
