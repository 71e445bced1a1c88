/** The exit codes of the bin (design, section 7). */
export const exitCode = {
  fine: 0,
  findings: 1,
  usage: 2,
  /** A conflict or a closed gate. */
  conflict: 3,
  /** Lost a race after bounded retries; safe to repeat. */
  lostRace: 4,
  /** The remote or the forge refused or could not be reached. */
  remote: 5,
  /** Our own bug, or a watchdog. */
  bug: 70,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
