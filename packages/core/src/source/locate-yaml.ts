import { CORE_SCHEMA, constructFromEvents, EVENT_ID, type Event, parseEvents } from 'js-yaml';
import type { Pointer } from '../json/pointer.ts';

/** Offsets into a text, in UTF-16 code units; `end` is after the last one. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface NodeRange {
  readonly value: Range;
  /** Absent for the root of a document and for items of a list. */
  readonly key?: Range;
}

/** Finds values in one YAML text. */
export interface YamlLocator {
  /**
   * @param document the index of the document in the text, from 0
   * @param pointer keys and indexes from the document's root
   * @returns `undefined` when there is no such value
   */
  locate(document: number, pointer: Pointer): NodeRange | undefined;
}

/**
 * The exact path behind `parseYaml`, taken only when there is something to report: the events of the same
 * parser, read once for a text, so that values and places cannot disagree.
 */
export function yamlLocator(text: string): YamlLocator {
  let events: readonly Event[] | undefined;
  let documents: readonly DocumentStart[] | undefined;
  const children: KnownChildren = new Map();
  return {
    locate(document, pointer) {
      events ??= parseEvents(text, {});
      // A finding in each of a thousand documents must not read all of them a thousand times.
      documents ??= new EventReader(text, events).documents();
      const start = documents[document];
      return start && new EventReader(text, events, start, children).locate(pointer);
    },
  };
}

/**
 * Where the first key of a text is that is a list or a map, if there is one.
 */
export function locateCollectionKey(text: string): number | undefined {
  return new EventReader(text, parseEvents(text, {})).collectionKey();
}

/** Where the events of a document begin, and the text before it ends. */
interface DocumentStart {
  readonly position: number;
  readonly end: number;
}

/** A child of a collection: where its events begin, where the text before it ends, and its key. */
interface Child extends DocumentStart {
  readonly key: Range | undefined;
}

/**
 * The children of the collections that somebody looked into, by the index of their event: a finding in each of ten thousand
 * items must not read all that is before it again.
 */
type KnownChildren = Map<number, ReadonlyMap<string, Child>>;

/** Walks the events of one text; each method leaves `position` after the node that it read. */
class EventReader {
  private readonly text: string;
  private readonly events: readonly Event[];
  private position: number;
  private end: number;
  private readonly known: KnownChildren;

  constructor(
    text: string,
    events: readonly Event[],
    start: DocumentStart = { position: 0, end: 0 },
    known: KnownChildren = new Map(),
  ) {
    this.known = known;
    this.text = text;
    this.events = events;
    this.position = start.position;
    this.end = start.end;
  }

  documents(): readonly DocumentStart[] {
    const starts: DocumentStart[] = [];
    while (this.position < this.events.length) {
      const event = this.events[this.position];
      this.position += 1;
      if (event?.type !== EVENT_ID.DOCUMENT) continue;
      starts.push({ position: this.position, end: this.end });
      this.skipNode();
    }
    return starts;
  }

  /** A value of the document at whose start this reader is. */
  locate(pointer: Pointer): NodeRange | undefined {
    return this.descend(pointer, undefined);
  }

  /** Where the first key is that is a list or a map; the parser refuses such keys but does not say where. */
  collectionKey(): number | undefined {
    for (; this.position < this.events.length; this.position += 1) {
      if (this.events[this.position]?.type !== EVENT_ID.MAPPING) continue;
      const mapping = this.position;
      this.position += 1;
      while (this.events[this.position]?.type !== EVENT_ID.POP && this.position < this.events.length) {
        const event = this.anchored(this.position);
        const { start } = this.skipNode();
        if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) return start;
        this.skipNode();
      }
      this.position = mapping;
    }
    return undefined;
  }

  private descend(pointer: Pointer, key: Range | undefined): NodeRange | undefined {
    const start = this.position;
    const event = this.events[start];
    if (event === undefined) return undefined;
    const [head, ...rest] = pointer;
    if (head === undefined) {
      const value = this.skipNode();
      return key === undefined ? { value } : { value, key };
    }
    if (event.type === EVENT_ID.ALIAS) return this.descendAlias(pointer, key);
    const child = this.childrenAt(start, event).get(String(head));
    if (child === undefined) return undefined;
    this.position = child.position;
    this.end = child.end;
    return this.descend(rest, child.key);
  }

  private childrenAt(index: number, event: Event): ReadonlyMap<string, Child> {
    const known = this.known.get(index);
    if (known !== undefined) return known;
    const children = new Map<string, Child>();
    const { end } = this;
    this.position = index + 1;
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      for (let item = 0; this.events[this.position]?.type !== EVENT_ID.POP; item += 1) {
        const keyStart = this.position;
        const key = event.type === EVENT_ID.MAPPING ? this.skipNode() : undefined;
        const name = key === undefined ? String(item) : this.keyText(keyStart);
        const child = { position: this.position, end: this.end, key };
        if (name !== undefined && !children.has(name)) children.set(name, child);
        this.skipNode();
      }
    }
    this.end = end;
    this.known.set(index, children);
    return children;
  }

  /** What an alias stands for is where its anchor is: the value's own place. */
  private descendAlias(pointer: Pointer, key: Range | undefined): NodeRange | undefined {
    const anchor = this.anchorBefore(this.position);
    if (anchor === undefined) return undefined;
    this.position = anchor;
    return this.descend(pointer, key);
  }

  /** The index of the node that the alias at `index` stands for: the nearest before it with that anchor. */
  private anchorBefore(index: number): number | undefined {
    const name = this.anchorName(this.events[index]);
    for (let before = index - 1; before >= 0; before -= 1) {
      const event = this.events[before];
      if (event?.type !== EVENT_ID.ALIAS && this.anchorName(event) === name) return before;
    }
    return undefined;
  }

  private anchorName(event: Event | undefined): string | undefined {
    if (event === undefined || !('anchorStart' in event) || event.anchorStart < 0) return undefined;
    return this.text.slice(event.anchorStart, event.anchorEnd);
  }

  /** The event at `index`, or the one that it is an alias of. */
  private anchored(index: number): Event | undefined {
    const event = this.events[index];
    if (event?.type !== EVENT_ID.ALIAS) return event;
    const anchor = this.anchorBefore(index);
    return anchor === undefined ? undefined : this.events[anchor];
  }

  /** The key as `parseYaml` names it: `null` and `1.0` are keys by their values. */
  private keyText(index: number): string | undefined {
    const event = this.anchored(index);
    if (event?.type !== EVENT_ID.SCALAR) return undefined;
    const events: Event[] = [...this.documentStart(), event, { type: EVENT_ID.POP }];
    return String(constructFromEvents(events, { source: this.text, schema: CORE_SCHEMA })[0]);
  }

  private documentStart(): readonly Event[] {
    const document = this.events.find((event) => event.type === EVENT_ID.DOCUMENT);
    return document === undefined ? [] : [document];
  }

  /** Reads a node whole and gives its range: a scalar with its quotes, a collection from its first to its last child. */
  private skipNode(): Range {
    const event = this.events[this.position];
    this.position += 1;
    if (event === undefined) return { start: this.text.length, end: this.text.length };
    if (event.type === EVENT_ID.SCALAR) return this.remember(this.scalarRange(event.valueStart, event.valueEnd));
    if (event.type === EVENT_ID.ALIAS) {
      return this.remember({ start: Math.max(0, event.anchorStart - 1), end: event.anchorEnd });
    }
    if (event.type !== EVENT_ID.MAPPING && event.type !== EVENT_ID.SEQUENCE) return { start: 0, end: 0 };
    let end = event.start + 1;
    while (this.position < this.events.length && this.events[this.position]?.type !== EVENT_ID.POP) {
      end = Math.max(end, this.skipNode().end);
    }
    this.position += 1;
    return { start: event.start, end };
  }

  private remember(range: Range): Range {
    this.end = range.end;
    return range;
  }

  /** The parser's range is inside the quotes; people point at the quotes too. */
  private scalarRange(start: number, end: number): Range {
    // An empty value has no place of its own: it is where the text before it ended.
    if (start < 0) return { start: this.end, end: this.end };
    const before = this.text[start - 1];
    const quoted = (before === '"' || before === "'") && this.text[end] === before;
    return quoted ? { start: start - 1, end: end + 1 } : { start, end };
  }
}
