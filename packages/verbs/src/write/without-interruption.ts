const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Lets Ctrl-C and its like wait until `work` is done; then they do what they always do. */
export async function withoutInterruption<T>(work: () => Promise<T>): Promise<T> {
  let pending: NodeJS.Signals | undefined;
  const remember = (signal: NodeJS.Signals) => {
    pending = signal;
  };
  for (const signal of signals) process.on(signal, remember);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, remember);
    if (pending !== undefined) process.kill(process.pid, pending);
  }
}
