/**
 * The bin's work, again and again in one process: the current build, loaded as bin/idp.mjs loads it, is called for each
 * message with a folder and streams of its own. Ends with its parent.
 */
import { dispatch } from '../../packages/cli/bin/dispatch.mjs';
import { loadBuild } from '../../packages/cli/bin/load-build.mjs';

const builds = { main: await loadBuild('help'), service: await loadBuild('g', 'service') };

process.on('disconnect', () => process.exit());
process.on('message', async ({ id, folder, argv }) => {
  const printed = { stdout: '', stderr: '' };
  const into = (name) => ({
    write(text) {
      printed[name] += text;
    },
  });
  const host = { folder, stdout: into('stdout'), stderr: into('stderr') };
  const code = await dispatch(argv, (part) => builds[part].exports.main(argv, builds[part].name, host));
  process.send({ id, ran: { code, ...printed } });
});
