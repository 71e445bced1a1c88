import { closingWords } from './closing-words.ts';
import { execute } from './execute.ts';
import { makeFolder } from './make-folder.ts';
import { narrationOn } from './narration.ts';
import { placesIn } from './places.ts';
import { readOptions } from './read-options.ts';
import { runSteps } from './run-steps.ts';
import { shellWord } from './shown-command.ts';
import { steps } from './steps.ts';

const help = `Takes one service from an empty platform repository to env/dev, on this machine alone.

Usage: npm run quickstart [-- --into=<folder>] [--from=<folder>]

  --into=<folder>  where to make the repository and its remote: new or empty. Default: a new temporary folder.
  --from=<folder>  the repository whose catalog, capabilities, environments and policies are used. Default: this one.
`;

/** What the door of the quickstart knows of the world. */
export interface QuickstartContext {
  /** The repository that the tool is in. */
  readonly workspace: string;
  /** The bin's file. */
  readonly bin: string;
}

/**
 * The quickstart (issue 3, section 6): makes a platform repository aside, goes the whole way with the bin, shows what
 * happens, and leaves the repository to play in.
 *
 * @returns 0; 1 when a step did not do what the tour says; 2 for options that cannot be
 */
export async function quickstart(argv: readonly string[], { workspace, bin }: QuickstartContext): Promise<number> {
  const { stdout, stderr } = process;
  const options = readOptions(argv, folderOfThePerson());
  if (options.kind === 'help') {
    stdout.write(help);
    return 0;
  }
  if (options.kind === 'usage') return refuse(options.message);
  const made = await makeFolder(options.into);
  if ('refused' in made) return refuse(made.refused);

  const started = performance.now();
  const places = placesIn(made.folder, options.from ?? workspace, bin);
  const noColour = process.env['NO_COLOR'];
  const narration = narrationOn(stdout, stdout.isTTY === true && (noColour === undefined || noColour === ''));
  narration.say(
    'One service, from an empty platform to env/dev, on this machine alone.',
    'Each command can be typed as it stands, after these lines:',
    '',
    `  cd ${shellWord(workspace)}`,
    `  P=${shellWord(places.platform)}`,
    `  R=${shellWord(places.remote)}`,
  );
  const failed = await runSteps(steps, { places, narration, execute });
  if (failed !== undefined) {
    stderr.write(
      `\nquickstart: step ${failed.number}, "${failed.title}", failed: ${failed.reason}\nWhat there is of it stays in ${places.into}\n`,
    );
    return 1;
  }
  narration.say(...closingWords(places, workspace, (performance.now() - started) / 1000));
  return 0;
}

function refuse(reason: string): number {
  process.stderr.write(`quickstart: ${reason}\n`);
  return 2;
}

/** npm runs scripts in the workspace's folder, wherever the person is. */
function folderOfThePerson(): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return script === 'quickstart' && folder !== undefined ? folder : process.cwd();
}
