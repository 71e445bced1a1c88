/** `1 service`, `2 services`; `many` where the plural is another word. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
