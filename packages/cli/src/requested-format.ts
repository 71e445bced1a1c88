/**
 * What `--format` says, read apart from all other arguments: an error in those is to be reported in the format
 * that whoever reads standard output expects. The last one counts, as it does for every option.
 */
export function requestedFormat(argv: readonly string[]): string | undefined {
  const written = argv.flatMap((word, index) => {
    if (word === '--format') return argv[index + 1] ?? [];
    return word.startsWith('--format=') ? word.slice('--format='.length) : [];
  });
  return written.at(-1);
}
