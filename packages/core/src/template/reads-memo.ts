import { descend, type Traced } from '../provenance/traced.ts';
import { compiledTemplate } from './compile-template.ts';
import type { Template } from './template.ts';

interface Made<T> {
  readonly reads: readonly (Traced | undefined)[];
  readonly value: T;
}

/**
 * What was made of templates the last time, with all that each of them read. Where it would read the same nodes again, the
 * same comes of it, with the same places: most of what a service is in one environment it is in the next.
 */
export class ReadsMemo<T> {
  private readonly known = new Map<Template, Made<T>>();

  /** @param make gets what was made of the template before, of other values */
  made(template: Template, context: Traced, make: (before: T | undefined) => T): T {
    const { reads: paths } = compiledTemplate(template);
    const before = this.known.get(template);
    const reads = paths.map((path) => descend(context, path));
    if (before?.reads.every((node, index) => node === reads[index]) === true) return before.value;
    const value = make(before?.value);
    this.known.set(template, { reads, value });
    return value;
  }
}
