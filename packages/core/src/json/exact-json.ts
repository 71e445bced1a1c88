/** Whether a value comes back from its JSON as it was: `-0`, infinities and what is no number do not. */
export function isExactJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  return typeof value !== 'object' || value === null || Object.values(value).every(isExactJson);
}
