import { runVerb, toolVersion } from '@idp/verbs';
import { helpOf, overview } from './help.ts';
import { parseArguments } from './parse-arguments.ts';

/**
 * The bin `idp`.
 *
 * @param argv the arguments after the name of the program
 * @returns the exit code (design, section 7)
 */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv);
  switch (parsed.kind) {
    case 'version':
      process.stdout.write(`${toolVersion}\n`);
      return 0;
    case 'overview':
      process.stdout.write(overview());
      return 0;
    case 'help':
      process.stdout.write(helpOf(parsed.verb));
      return 0;
    case 'usage':
      process.stderr.write(`idp: ${parsed.message}\n${parsed.hint}\n`);
      return 2;
    case 'verb': {
      const { stdout, stderr } = process;
      return runVerb(parsed.verb.name, parsed.options, { root: process.cwd(), stdout, stderr });
    }
  }
}
