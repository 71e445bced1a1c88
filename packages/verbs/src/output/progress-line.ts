import type { Output } from './streams.ts';

/** One line on a terminal that says what takes long; nothing elsewhere, and nothing in the first second. */
export function progressLine(stderr: Output): { readonly say: (message: string) => void; readonly clear: () => void } {
  if (stderr.isTTY !== true) return { say: () => undefined, clear: () => undefined };
  const started = Date.now();
  let shown = false;
  return {
    say(message) {
      if (Date.now() - started < 1000) return;
      stderr.write(`\r\u001b[2K${message} …`);
      shown = true;
    },
    clear() {
      if (shown) stderr.write('\r\u001b[2K');
    },
  };
}
