import type { Finding } from '../finding/finding.ts';
import type { SharedName } from '../resolve/shared-names.ts';
import type { ServiceFacts } from './service-facts.ts';

/** What is remembered of one service. */
export interface RememberedService {
  /** What all others may know of it; `undefined` when it cannot be read. */
  readonly facts: ServiceFacts | undefined;
  /** The file that its entity is in; `undefined` when it has none. */
  readonly entity: string | undefined;
  /** The other services that it was judged by; `*` when it asked for all of them. */
  readonly reads: readonly string[];
  /** The shared instances that it names. */
  readonly shares: readonly SharedName[];
  /** What it asked of shared instances, see `SharedNames`. */
  readonly asks: readonly string[];
  readonly findings: readonly Finding[];
}

/** What has to be known of all services: of most there is nothing of it. */
export interface OfFew {
  readonly findings: Few<Finding>;
  readonly reads: Few<string>;
  readonly shares: Few<SharedName>;
  readonly asks: Few<string>;
}

type Few<T> = ReadonlyMap<string, readonly T[]>;

/** Beyond so many questions all rows are parsed, and each answer is quick. */
const mostSearches = 16;

/**
 * All services of a platform, one row each, which is parsed when somebody asks for the service: mostly one has changed of
 * ten thousand. What has to be known of all of them stands beside the rows, and most services have nothing of it.
 */
export class RememberedServices implements OfFew {
  readonly size: number;
  readonly findings: Few<Finding>;
  readonly reads: Few<string>;
  readonly shares: Few<SharedName>;
  readonly asks: Few<string>;
  /** Those whose facts are not known. */
  readonly unknown: readonly string[];
  /** `["name","identities","declares","entity"]` on a line of its own each, with a line feed before the first. */
  readonly rows: string;
  private searches = 0;
  private all: ReadonlyMap<string, Row> | undefined;

  constructor(parts: Pick<RememberedServices, 'size' | 'unknown' | 'rows'> & OfFew) {
    this.size = parts.size;
    this.findings = parts.findings;
    this.reads = parts.reads;
    this.shares = parts.shares;
    this.asks = parts.asks;
    this.unknown = parts.unknown;
    this.rows = parts.rows;
  }

  static of(services: ReadonlyMap<string, RememberedService>): RememberedServices {
    const rows = [...services].map(([name, service]) => rowText(name, service));
    return new RememberedServices({
      size: services.size,
      findings: those(services, ({ findings }) => findings),
      reads: those(services, ({ reads }) => reads),
      shares: those(services, ({ shares }) => shares),
      asks: those(services, ({ asks }) => asks),
      unknown: [...services].flatMap(([name, { facts }]) => (facts === undefined ? [name] : [])),
      rows: `\n${rows.join('')}`,
    });
  }

  get(name: string): RememberedService | undefined {
    const row = this.row(name);
    if (row === undefined) return undefined;
    const { findings, reads, shares, asks } = this;
    const of = <T>(few: Few<T>): readonly T[] => few.get(name) ?? [];
    return { ...row, reads: of(reads), shares: of(shares), asks: of(asks), findings: of(findings) };
  }

  has(name: string): boolean {
    return this.row(name) !== undefined;
  }

  /** The same with some of the services as they are now; which services there are stays, and that they can be read. */
  with(changed: ReadonlyMap<string, RememberedService>): RememberedServices {
    const replaced = <T>(known: Few<T>, part: (service: RememberedService) => readonly T[]): Few<T> => {
      const now = those(changed, part);
      return new Map([...[...known].filter(([name]) => !changed.has(name)), ...now]);
    };
    return new RememberedServices({
      ...this,
      findings: replaced(this.findings, ({ findings }) => findings),
      reads: replaced(this.reads, ({ reads }) => reads),
      shares: replaced(this.shares, ({ shares }) => shares),
      asks: replaced(this.asks, ({ asks }) => asks),
      rows: this.rowsWith(changed),
    });
  }

  private rowsWith(changed: ReadonlyMap<string, RememberedService>): string {
    const texts = new Map<string, string>();
    for (const [name, service] of changed) {
      const [text, before] = [rowText(name, service), this.row(name)];
      if (before !== undefined && text !== rowText(name, before)) texts.set(name, text);
    }
    if (texts.size === 0) return this.rows;
    const lines = this.rows.split('\n').filter((line) => line !== '');
    return `\n${lines.map((line) => texts.get(parsedRow(line)[0]) ?? `${line}\n`).join('')}`;
  }

  private row(name: string): Row | undefined {
    this.searches += 1;
    if (this.all === undefined && this.searches <= mostSearches) return this.search(name);
    this.all ??= new Map(this.rows.split('\n').flatMap((line) => (line === '' ? [] : [parsedRow(line)])));
    return this.all.get(name);
  }

  private search(name: string): Row | undefined {
    const start = startIn(this.rows, name);
    if (start === 0) return undefined;
    const [found, row] = parsedRow(this.rows.slice(start, this.rows.indexOf('\n', start)));
    return found === name ? row : undefined;
  }
}

type Row = Pick<RememberedService, 'facts' | 'entity'>;

/** Where the row of a service begins; 0 where there is none. */
function startIn(rows: string, name: string): number {
  return rows.indexOf(`\n[${JSON.stringify(name)},`) + 1;
}

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
  return `${JSON.stringify([name, facts?.identities ?? null, facts?.declares ?? null, entity ?? null])}\n`;
}

/** A line of any other shape is a row of nobody. */
function parsedRow(line: string): readonly [name: string, row: Row] {
  const [name, identities, declares, entity] = columnsOf(line).map(textOf);
  const facts = identities === undefined || declares === undefined ? undefined : { identities, declares };
  return [name ?? '', { facts, entity }];
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
