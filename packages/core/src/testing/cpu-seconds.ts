/**
 * CPU seconds that the process spends in `work`. For tests that tell quick from hopeless: the wall clock of a busy
 * machine says nothing of ours.
 */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
