import type { BranchUpdate } from '@idp/core';
import { assertSafePath } from '../process/safe-path.ts';
import type { Identity } from './identity.ts';

const noCommit = '0'.repeat(40);

/**
 * What `git fast-import` reads to make one commit for each update, in order, and to print their oids.
 *
 * A commit needs a ref while it is made. Each is reset to nothing before fast-import writes any, so that
 * the ref never exists, even if this process dies.
 *
 * @param ref under `refs/idp/`, not in use
 * @param now of the commits; seconds count
 */
export function fastImportStream(updates: readonly BranchUpdate[], identity: Identity, now: Date, ref: string): string {
  const when = `${Math.floor(now.getTime() / 1000)} +0000`;
  const commands = updates.map((update, index) => {
    const mark = `:${index + 1}`;
    return [
      `commit ${ref}\nmark ${mark}\nauthor ${identity.author} ${when}\ncommitter ${identity.committer} ${when}\n`,
      data(update.message),
      update.expected === undefined ? '' : `from ${update.expected}\n`,
      ...fileCommands(update),
      `\nget-mark ${mark}\nreset ${ref}\nfrom ${noCommit}\n\n`,
    ].join('');
  });
  return `${commands.join('')}done\n`;
}

/** Removals first: a folder may take the place of a file. */
function fileCommands(update: BranchUpdate): string[] {
  const removals: string[] = [];
  const writes: string[] = [];
  for (const { path, content } of update.writes) {
    assertSafePath(path);
    if (content === undefined) removals.push(`D ${quotePath(path)}\n`);
    else writes.push(`M 100644 inline ${quotePath(path)}\n${data(content)}`);
  }
  return [...removals, ...writes];
}

/** Counted bytes (git-fast-import, "Exact byte count format"): nothing in a content is taken for a command. */
function data(text: string): string {
  return `data ${Buffer.byteLength(text, 'utf8')}\n${text}\n`;
}

/** A path as a C string (git-fast-import, "filemodify"): a line break or a quote in it ends nothing. */
function quotePath(path: string): string {
  const escaped = path.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n');
  return `"${escaped}"`;
}
