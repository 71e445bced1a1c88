/**
 * The environment for the quickstart's commands: no git variable and no configuration of the person or the machine
 * (signing, hooks, ignore files, another default branch), because they would make another tour than the one we tell.
 * The repository that is left behind carries its own identity, so that it works where none is configured.
 *
 * @param inherited usually `process.env`
 */
export function quietEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const kept = Object.entries(inherited).filter(([name]) => !name.startsWith('GIT_') || name === 'GIT_EXEC_PATH');
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    // Their defaults are files in the home folder, which count without any configuration.
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'core.excludesFile',
    GIT_CONFIG_VALUE_0: '/dev/null',
    GIT_CONFIG_KEY_1: 'core.attributesFile',
    GIT_CONFIG_VALUE_1: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    LANGUAGE: 'C',
    NO_COLOR: '1',
  };
}
