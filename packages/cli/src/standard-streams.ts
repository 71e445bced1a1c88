import { exitCode, type Streams } from '@idp/verbs/door';

/**
 * The process's own streams. Whoever reads them may leave early (`idp render | head -1`), which is no error of
 * ours: what is left is not written, and the exit code stays the verb's.
 */
export function standardStreams(): Streams {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      // A full disk below a redirection: what was asked for is not there, and that must not look like success.
      process.stderr.write(`idp: the output could not be written: ${error.message}\n`);
      process.exit(exitCode.bug);
    });
  }
  return { stdout: process.stdout, stderr: process.stderr };
}
