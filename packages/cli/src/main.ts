import type { TreeDoor, VerbIo } from '@idp/verbs';
import { type Ask, type Format, findVerb, formatOf, type Streams, toolVersion, verbs } from '@idp/verbs/door';
import { completionHelp, helpOf, overview } from './help.ts';
import type { Host } from './host.ts';
import { parseArguments } from './parse-arguments.ts';
import { isInteractive } from './prompt/is-interactive.ts';
import type { QuickstartContext } from './quickstart/quickstart.ts';
import { requestedFormat } from './requested-format.ts';
import { standardStreams } from './standard-streams.ts';

/**
 * The bin `idp`.
 *
 * @param argv the arguments after the name of the program
 * @param build names the build that this is part of: what it stores is only read by the same one
 * @param host where the process is not the bin's own
 * @returns the exit code (design, section 7); never throws: our own bug is one line and 70
 */
export async function main(argv: readonly string[], build?: string, host?: Host): Promise<number> {
  const streams: Streams = host ?? standardStreams();
  const format = formatOf(requestedFormat(argv));
  // What is thrown where nobody waits for it, by a stream or a timer, ends like any other bug.
  if (host === undefined)
    process.once('uncaughtException', async (error) => process.exit(await bug(error, format, streams)));
  try {
    const parsed = parseArguments(argv);
    switch (parsed.kind) {
      case 'version':
        streams.stdout.write(`${toolVersion}\n`);
        return 0;
      case 'overview':
        streams.stdout.write(overview());
        return 0;
      case 'help':
        streams.stdout.write(helpOf(parsed.verb));
        return 0;
      case 'completion-help':
        streams.stdout.write(completionHelp());
        return 0;
      case 'completion': {
        const { completionScript } = await import('./completion/completion-script.ts');
        streams.stdout.write(completionScript(parsed.shell));
        return 0;
      }
      case 'complete': {
        const { completeWords } = await import('./completion/complete-words.ts');
        const { repositoryNames } = await import('./completion/repository-names.ts');
        const found = completeWords(parsed.words, verbs, repositoryNames(host?.folder ?? process.cwd()));
        streams.stdout.write(found.map((word) => `${word}\n`).join(''));
        return 0;
      }
      case 'usage': {
        const { reportResult, usage } = await import('@idp/verbs');
        const refused = usage(parsed.code, parsed.message, parsed.hint);
        reportResult(parsed.verb, refused, format, streams);
        return refused.exit;
      }
      case 'verb':
        return await (await import('@idp/verbs')).runVerb(parsed.verb, parsed.options, {
          root: host?.folder ?? process.cwd(),
          ask: host === undefined ? asker(format) : undefined,
          build,
          stdout: streams.stdout,
          stderr: streams.stderr,
        });
    }
  } catch (error) {
    return await bug(error, format, streams);
  }
}

/** Questions, where a person can answer them; the library for them is loaded with the first one. */
function asker(format: Format): Ask | undefined {
  const { stdin, stderr, env: environment } = process;
  if (!isInteractive({ stdin, stderr, environment }, format)) return undefined;
  return async (question) => (await import('./prompt/ask-on-terminal.ts')).askOnTerminal(question);
}

async function bug(error: unknown, format: Format, streams: Streams): Promise<number> {
  const { reportBug } = await import('@idp/verbs');
  return reportBug('', error, format, streams);
}

/**
 * A verb for another door, Nx: compiled, and kept compiled, like the bin.
 *
 * @returns the exit code
 * @throws only when there is no such verb
 */
export async function runVerb(name: string, options: Readonly<Record<string, unknown>>, io: VerbIo): Promise<number> {
  const verb = findVerb(name);
  if (verb === undefined) throw new Error(`no verb is named ${name}`);
  return (await import('@idp/verbs')).runVerb(verb, options, io);
}

/**
 * A generator for Nx, which writes the changes itself.
 *
 * @returns whether it succeeded; the findings are printed, and after one of severity error nothing is recorded
 */
export async function generateInTree(
  generator: string,
  options: Readonly<Record<string, unknown>>,
  door: TreeDoor,
): Promise<boolean> {
  return (await import('@idp/verbs')).generateInTree(generator, options, door);
}

/** The tour of `npm run quickstart`: part of the same build, and no verb of the bin. */
export async function quickstart(argv: readonly string[], context: QuickstartContext): Promise<number> {
  const tour = await import('./quickstart/quickstart.ts');
  return tour.quickstart(argv, context);
}
