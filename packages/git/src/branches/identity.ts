import { type OnProcess, runGit } from '../process/run-git.ts';

export interface Identity {
  readonly author: string;
  readonly committer: string;
}

const fallback = 'idp <idp@localhost>';

/** Who makes commits here, as `Name <email>`; `idp <idp@localhost>` where nobody is configured, as on a fresh machine. */
export async function identityOf(root: string, onProcess: OnProcess | undefined): Promise<Identity> {
  const [author, committer] = await Promise.all(
    ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT'].map(async (variable) => {
      const result = await runGit(root, ['var', variable], { onProcess });
      const match = /^([^<>\n]* <[^<>\n]*>) \d+ [+-]\d{4}$/.exec(result.stdout.toString('utf8').trimEnd());
      return result.exitCode === 0 ? match?.[1] : undefined;
    }),
  );
  return { author: author ?? fallback, committer: committer ?? fallback };
}
