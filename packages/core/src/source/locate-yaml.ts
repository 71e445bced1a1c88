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
  return {
    locate(document, pointer) {
      events ??= parseEvents(text, {});
      return new EventReader(text, events).locate(document, pointer);
    },
  };
}

/** Walks the events of one text; each method leaves `position` after the node that it read. */
class EventReader {
  private readonly text: string;
  private readonly events: readonly Event[];
  private position = 0;
  private end = 0;

  constructor(text: string, events: readonly Event[]) {
    this.text = text;
    this.events = events;
  }

  locate(document: number, pointer: Pointer): NodeRange | undefined {
    let index = -1;
    while (this.position < this.events.length) {
      const event = this.events[this.position];
      if (event?.type === EVENT_ID.DOCUMENT) {
        index += 1;
        this.position += 1;
        if (index === document) return this.descend(pointer, undefined);
      } else this.position += 1;
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
    if (event.type === EVENT_ID.ALIAS) return this.descendAlias(event.anchorStart, event.anchorEnd, pointer, key);
    if (event.type === EVENT_ID.MAPPING) {
      this.position += 1;
      while (this.events[this.position]?.type !== EVENT_ID.POP) {
        const keyStart = this.position;
        const keyRange = this.skipNode();
        if (this.keyText(keyStart) === String(head)) return this.descend(rest, keyRange);
        this.skipNode();
      }
    } else if (event.type === EVENT_ID.SEQUENCE) {
      this.position += 1;
      for (let item = 0; this.events[this.position]?.type !== EVENT_ID.POP; item += 1) {
        if (item === Number(head)) return this.descend(rest, undefined);
        this.skipNode();
      }
    }
    return undefined;
  }

  /** What an alias stands for is where its anchor is: the value's own place. */
  private descendAlias(start: number, end: number, pointer: Pointer, key: Range | undefined): NodeRange | undefined {
    const name = this.text.slice(start, end);
    for (let index = this.position - 1; index >= 0; index -= 1) {
      const event = this.events[index];
      if (event === undefined || !('anchorStart' in event) || event.type === EVENT_ID.ALIAS) continue;
      if (event.anchorStart < 0 || this.text.slice(event.anchorStart, event.anchorEnd) !== name) continue;
      this.position = index;
      return this.descend(pointer, key);
    }
    return undefined;
  }

  /** The key as `parseYaml` names it: `null` and `1.0` are keys by their values. */
  private keyText(index: number): string | undefined {
    const event = this.events[index];
    const document = this.events.find((candidate) => candidate.type === EVENT_ID.DOCUMENT);
    if (event === undefined || document === undefined) return undefined;
    if (event.type === EVENT_ID.ALIAS) return undefined;
    if (event.type !== EVENT_ID.SCALAR) return undefined;
    const events: Event[] = [document, event, { type: EVENT_ID.POP }];
    return String(constructFromEvents(events, { source: this.text, schema: CORE_SCHEMA })[0]);
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
