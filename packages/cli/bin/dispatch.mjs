/**
 * Which part of the build runs a command line: a part leaves to the whole what it does not do.
 *
 * @template Code
 * @param {readonly string[]} argv
 * @param {(part: 'main' | 'service', use: string) => Promise<Code | undefined>} run
 * @returns {Promise<Code | undefined>} what the part gave back that did it
 */
export async function dispatch(argv, run) {
  const [verb = '', kind] = argv;
  const addsService = (verb === 'g' || verb === 'generate') && kind === 'service';
  const code = addsService ? await run('service', 'g') : undefined;
  return code ?? (await run('main', /^[a-z]{1,16}$/.test(verb) ? verb : 'help'));
}
