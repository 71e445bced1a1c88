import { compareStrings } from '../json/compare.ts';
import { once } from '../json/once.ts';

/** A resource with an `id`, as much of it as is known without its service. */
export interface SharedName {
  readonly service: string;
  /** The resource's name in its own service. */
  readonly resource: string;
  readonly type: string;
  readonly id: string;
  /** Who writes `params`, `{}` as well, sets the instance up and owns it; the others only read its outputs. */
  readonly owns: boolean;
}

interface OfId {
  readonly all: SharedName[];
  readonly owners: SharedName[];
}
type OfType = Map<string, OfId>;

const nobody: readonly SharedName[] = [];

/**
 * Who names which shared instances, by type and id. Each question is as small as what is made of its answer, so that who
 * remembers what was asked knows which answers a change of one service can change.
 */
export class SharedNames {
  private readonly types: () => ReadonlyMap<string, OfType>;
  private readonly onQuestion: (question: string) => void;

  private constructor(types: () => ReadonlyMap<string, OfType>, onQuestion: (question: string) => void) {
    this.types = types;
    this.onQuestion = onQuestion;
  }

  /** @param names asked for when the first question comes */
  static of(names: () => Iterable<SharedName>): SharedNames {
    return new SharedNames(
      once(() => byType(names())),
      () => {},
    );
  }

  /** The same answers; each question is heard of before it is answered. */
  watched(onQuestion: (question: string) => void): SharedNames {
    return new SharedNames(this.types, onQuestion);
  }

  /** Those who set up an instance: one, where all is in order. */
  owners(type: string, id: string): readonly SharedName[] {
    this.onQuestion(JSON.stringify(['owners', type, id]));
    return this.types().get(type)?.get(id)?.owners ?? nobody;
  }

  /** All who name an instance. */
  named(type: string, id: string): readonly SharedName[] {
    this.onQuestion(JSON.stringify(['named', type, id]));
    return this.types().get(type)?.get(id)?.all ?? nobody;
  }

  /** The ids of a type, each once. */
  ids(type: string): readonly string[] {
    this.onQuestion(JSON.stringify(['ids', type]));
    return [...(this.types().get(type)?.keys() ?? [])];
  }

  /** Those of them that somebody sets up. */
  ownedIds(type: string): readonly string[] {
    this.onQuestion(JSON.stringify(['ownedIds', type]));
    const first = [...(this.types().get(type)?.values() ?? [])].flatMap(({ owners }) => owners.slice(0, 1));
    return first.sort(byPlace).map(({ id }) => id);
  }

  /**
   * What is answered to a question that somebody asked, as a text that is equal where the answer is.
   *
   * @returns `undefined` for what is no question
   */
  answer(question: string): string | undefined {
    const [kind, type, id] = partsOf(question);
    if (type === undefined) return undefined;
    if (kind === 'ids' || kind === 'ownedIds') return JSON.stringify(this[kind](type));
    if (id === undefined || (kind !== 'owners' && kind !== 'named')) return undefined;
    return JSON.stringify(this[kind](type, id).map(({ service, resource }) => [service, resource]));
  }
}

function byType(names: Iterable<SharedName>): ReadonlyMap<string, OfType> {
  const types = new Map<string, OfType>();
  for (const name of [...names].sort(byPlace)) {
    const ids: OfType = types.get(name.type) ?? new Map();
    const { all, owners } = ids.get(name.id) ?? { all: [], owners: [] };
    all.push(name);
    if (name.owns) owners.push(name);
    types.set(name.type, ids.set(name.id, { all, owners }));
  }
  return types;
}

export function byPlace(a: SharedName, b: SharedName): number {
  return compareStrings(a.service, b.service) || compareStrings(a.resource, b.resource);
}

/** A question is text of a store, which anybody may have written. */
function partsOf(question: string): readonly (string | undefined)[] {
  try {
    const parsed: unknown = JSON.parse(question);
    return Array.isArray(parsed) ? parsed.map((part: unknown) => (typeof part === 'string' ? part : undefined)) : [];
  } catch {
    return [];
  }
}
