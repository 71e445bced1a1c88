/** What Nx prints under the findings. A stack would only bury them. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  override readonly stack = '';
  constructor() {
    super('Nothing was written: see the findings above.');
  }
}
