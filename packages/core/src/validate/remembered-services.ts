import type { Finding } from '../finding/finding.ts';

/** What is remembered of one service. */
export interface RememberedService {
  /** What all others may know of it, see `serviceFacts`; `undefined` when it cannot be read. */
  readonly facts: string | undefined;
  /** The file that its entity is in; `undefined` when it has none. */
  readonly entity: string | undefined;
  /** The other services that it was judged by; `*` when it asked for all of them. */
  readonly reads: readonly string[];
  readonly findings: readonly Finding[];
}

type Few<T> = ReadonlyMap<string, readonly T[]>;

/** Beyond so many questions all rows are parsed, and each answer is quick. */
const mostSearches = 16;

/**
 * All services of a platform, one row each, which is parsed when somebody asks for the service: mostly one has changed of
 * ten thousand. What has to be known of all of them stands beside the rows, and most services have nothing of it.
 */
export class RememberedServices {
  readonly size: number;
  /** Of the services that have any. */
  readonly findings: Few<Finding>;
  /** Of the services that were judged by others. */
  readonly reads: Few<string>;
  /** Those whose facts are not known. */
  readonly unknown: readonly string[];
  /** `["name","facts","entity"]` on a line of its own each, with a line feed before the first. */
  readonly rows: string;
  private searches = 0;
  private all: ReadonlyMap<string, Row> | undefined;

  constructor(parts: Pick<RememberedServices, 'size' | 'findings' | 'reads' | 'unknown' | 'rows'>) {
    this.size = parts.size;
    this.findings = parts.findings;
    this.reads = parts.reads;
    this.unknown = parts.unknown;
    this.rows = parts.rows;
  }

  static of(services: ReadonlyMap<string, RememberedService>): RememberedServices {
    const rows = [...services].map(([name, { facts, entity }]) => rowText(name, { facts, entity }));
    return new RememberedServices({
      size: services.size,
      findings: those(services, ({ findings }) => findings),
      reads: those(services, ({ reads }) => reads),
      unknown: [...services].flatMap(([name, { facts }]) => (facts === undefined ? [name] : [])),
      rows: `\n${rows.join('')}`,
    });
  }

  get(name: string): RememberedService | undefined {
    const row = this.row(name);
    return row && { ...row, reads: this.reads.get(name) ?? [], findings: this.findings.get(name) ?? [] };
  }

  has(name: string): boolean {
    return this.row(name) !== undefined;
  }

  /** The same with some of the services as they are now; which services there are stays, and what the others know of them. */
  with(changed: ReadonlyMap<string, RememberedService>): RememberedServices {
    const replaced = <T>(known: Few<T>, part: (service: RememberedService) => readonly T[]): Few<T> => {
      const now = those(changed, part);
      return new Map([...[...known].filter(([name]) => !changed.has(name)), ...now]);
    };
    return new RememberedServices({
      ...this,
      findings: replaced(this.findings, ({ findings }) => findings),
      reads: replaced(this.reads, ({ reads }) => reads),
    });
  }

  private row(name: string): Row | undefined {
    this.searches += 1;
    if (this.all === undefined && this.searches <= mostSearches) return this.search(name);
    this.all ??= new Map(this.rows.split('\n').flatMap((line) => (line === '' ? [] : [parsedRow(line)])));
    return this.all.get(name);
  }

  private search(name: string): Row | undefined {
    const start = this.rows.indexOf(`\n[${JSON.stringify(name)},`) + 1;
    if (start === 0) return undefined;
    const [found, row] = parsedRow(this.rows.slice(start, this.rows.indexOf('\n', start)));
    return found === name ? row : undefined;
  }
}

type Row = Pick<RememberedService, 'facts' | 'entity'>;

function those<T>(
  services: ReadonlyMap<string, RememberedService>,
  part: (service: RememberedService) => readonly T[],
): Few<T> {
  return new Map(
    [...services].flatMap(([name, service]) => {
      const own = part(service);
      return own.length === 0 ? [] : [[name, own] as const];
    }),
  );
}

function rowText(name: string, { facts, entity }: Row): string {
  return `${JSON.stringify([name, facts ?? null, entity ?? null])}\n`;
}

/** A line of any other shape is a row of nobody. */
function parsedRow(line: string): readonly [name: string, row: Row] {
  const [name, facts, entity] = columnsOf(line);
  const row = { facts: textOf(facts), entity: textOf(entity) };
  return [textOf(name) ?? '', row];
}

function columnsOf(line: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(line);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
