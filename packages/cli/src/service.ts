import { type Format, formatOf, type Streams } from '@idp/verbs/door';
import {
  generatorVerb,
  isAsked,
  reportBug,
  runInTree,
  runVerb,
  serviceGenerator,
  type TreeDoor,
} from '@idp/verbs/service';
import type { Host } from './host.ts';
import { isInteractive } from './prompt/is-interactive.ts';
import { readOptions } from './read-options.ts';
import { requestedFormat } from './requested-format.ts';
import { standardStreams } from './standard-streams.ts';

/**
 * `idp g service` as a script of its own: to load the whole bin takes longer than what it does. It says and does what
 * `main` would, or nothing at all.
 *
 * @param argv as for `main`, beginning with `g service`
 * @param host as for `main`
 * @returns the exit code; `undefined`, before anything is said, for what `main` has to do: help, questions to a person,
 * a command line that cannot be read
 */
export async function main(argv: readonly string[], build?: string, host?: Host): Promise<number | undefined> {
  const words = argv.slice(2);
  if (words.includes('--help') || words.includes('-h')) return undefined;
  const verb = generatorVerb(serviceGenerator);
  const parsed = readOptions(verb, words);
  if (parsed.kind === 'usage') return undefined;
  const format = formatOf(requestedFormat(argv));
  const { stdin, stderr, env: environment } = process;
  const isPerson = host === undefined && isInteractive({ stdin, stderr, environment }, format);
  if (isPerson && isAsked(verb.schema, parsed.options)) return undefined;
  const streams: Streams = host ?? standardStreams();
  if (host === undefined)
    process.once('uncaughtException', (error) => process.exit(reportBug('', error, format, streams)));
  const work = () => runVerb(verb, parsed.options, { root: host?.folder ?? process.cwd(), build, ...streams });
  return await run(work, format, streams);
}

async function run(work: () => Promise<number>, format: Format, streams: Streams): Promise<number> {
  try {
    return await work();
  } catch (error) {
    return reportBug('', error, format, streams);
  }
}

/** The same for Nx, as `generateInTree` of `main`. */
export async function generateInTree(
  _: string,
  options: Readonly<Record<string, unknown>>,
  door: TreeDoor,
): Promise<boolean> {
  return await runInTree(serviceGenerator, options, door);
}
