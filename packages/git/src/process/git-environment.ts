/**
 * Variables that tie git to another repository, index or object store than the one we name (git sets
 * them for hooks: see `git rev-parse --local-env-vars`), that change how paths are read, or that make
 * it write traces, which may hold secrets, into what we parse. Configuration given by the environment
 * (`GIT_CONFIG_COUNT`, `GIT_SSH_COMMAND`, …) stays: CI hands over credentials that way.
 */
const dropped = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_ATTR_SOURCE',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_DIR',
  'GIT_GLOB_PATHSPECS',
  'GIT_GRAFT_FILE',
  'GIT_ICASE_PATHSPECS',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_LITERAL_PATHSPECS',
  'GIT_NAMESPACE',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

const fixed = {
  LC_ALL: 'C',
  LANGUAGE: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  // A replaced object would be read under the id of another one, and `blobId(read) = oid` would break.
  GIT_NO_REPLACE_OBJECTS: '1',
};

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment for a git process: what was inherited without what ties it to another repository,
 * messages in English, no prompts, no locks taken in passing.
 *
 * @param inherited usually `process.env`
 * @param extra variables for this process alone, for example `GIT_INDEX_FILE`
 */
export function gitEnvironment(inherited: Environment, extra: Environment = {}): Record<string, string | undefined> {
  const kept = Object.entries(inherited).filter(([name]) => !dropped.has(name) && !name.startsWith('GIT_TRACE'));
  return { ...Object.fromEntries(kept), ...fixed, ...extra };
}
