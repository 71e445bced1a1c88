/** What Nx prints under the findings. A stack would only bury them. */
export class RefusedError extends Error {
  /** @override */
  name = 'RefusedError';
  /** @override */
  stack = '';
  constructor() {
    super('Nothing was written: see the findings above.');
  }
}
