import { type CelType, DYN, listType, mapType, opaqueType, typeType, wrapperType } from '../type.ts';

/** What type parameters stand for, as far as it is known; cel-go's `mapping`, with its rules of assignability. */
export class Substitution {
  readonly #bound = new Map<string, CelType>();
  /** What was bound, the latest last, so that an attempt can be taken back. */
  readonly #trail: { readonly name: string; readonly before: CelType | undefined }[] = [];
  readonly #joinObjects: JoinObjects | undefined;

  /**
   * @param joinObjects where objects stand for dynamic values whose fields are known: they go together with maps and with
   * other objects, and two become one that has the fields of both
   */
  constructor(joinObjects?: JoinObjects) {
    this.#joinObjects = joinObjects;
  }

  /** Runs an attempt, and takes back what it bound unless it says to keep it. */
  attempt<T>(run: () => T, keep: (result: T) => boolean): T {
    const start = this.#trail.length;
    const result = run();
    if (keep(result)) return result;
    for (const { name, before } of this.#trail.splice(start).reverse()) {
      if (before) this.#bound.set(name, before);
      else this.#bound.delete(name);
    }
    return result;
  }

  /** Whether a value of type `from` can be used as `to`. Binds type parameters of both, also when the answer is no. */
  assign(from: CelType, to: CelType): boolean {
    if (to.kind === 'parameter') {
      const bound = this.#bind(to.name, from);
      if (bound !== 'unbound') return bound;
    }
    if (from.kind === 'parameter') return this.#bind(from.name, to) === true;
    if (isAnything(from) || isAnything(to)) return true;
    if (from.kind === 'null') return isNullable(to);
    if (to.kind === 'null') return isNullable(from);
    if (from.kind === 'wrapper') return this.assign(from.of, to);
    if (to.kind === 'wrapper') return this.assign(from, to.of);
    return this.#assignParts(from, to);
  }

  #assignParts(from: CelType, to: CelType): boolean {
    if (this.#joinObjects && isFielded(from) && isFielded(to) && (from.kind === 'object' || to.kind === 'object'))
      return true;
    if (from.kind === 'list') return to.kind === 'list' && this.assign(from.element, to.element);
    if (from.kind === 'map') {
      return to.kind === 'map' && this.assign(from.key, to.key) && this.assign(from.value, to.value);
    }
    if (from.kind === 'opaque') {
      if (to.kind !== 'opaque' || from.name !== to.name) return false;
      return from.parameters.every((parameter, index) => this.assign(parameter, to.parameters[index] ?? DYN));
    }
    if (from.kind === 'object') return to.kind === 'object' && from.name === to.name;
    return from.kind === to.kind;
  }

  /** Binds a parameter, or compares with what it is bound to. `unbound`: it is free, and cannot be bound to this. */
  #bind(name: string, type: CelType): boolean | 'unbound' {
    if (type.kind === 'parameter' && type.name === name) return true;
    const known = this.#bound.get(name);
    if (known) {
      if (!this.assign(type, known)) return false;
      const general = this.#mostGeneral(type, known);
      if (general !== known && !this.#mentions(general, name)) this.#set(name, general);
      return true;
    }
    if (this.#mentions(type, name)) return 'unbound';
    this.#set(name, type);
    return true;
  }

  #set(name: string, type: CelType): void {
    this.#trail.push({ name, before: this.#bound.get(name) });
    this.#bound.set(name, type);
  }

  /** A type that is made of itself would have no end. */
  #mentions(type: CelType, name: string): boolean {
    switch (type.kind) {
      case 'parameter': {
        if (type.name === name) return true;
        const bound = this.#bound.get(type.name);
        return bound !== undefined && this.#mentions(bound, name);
      }
      case 'list':
        return this.#mentions(type.element, name);
      case 'map':
        return this.#mentions(type.key, name) || this.#mentions(type.value, name);
      case 'wrapper':
        return this.#mentions(type.of, name);
      case 'opaque':
        return type.parameters.some((parameter) => this.#mentions(parameter, name));
      case 'type':
        return type.of !== undefined && this.#mentions(type.of, name);
      default:
        return false;
    }
  }

  /**
   * A type with what its parameters stand for.
   *
   * @param free what a parameter becomes that nothing is known of; itself when left out
   */
  apply(type: CelType, free?: CelType): CelType {
    switch (type.kind) {
      case 'parameter': {
        const bound = this.#bound.get(type.name);
        return bound ? this.apply(bound, free) : (free ?? type);
      }
      case 'list':
        return listType(this.apply(type.element, free));
      case 'map':
        return mapType(this.apply(type.key, free), this.apply(type.value, free));
      case 'wrapper':
        return wrapperType(this.apply(type.of, free));
      case 'opaque':
        if (type.parameters.length === 0) return type;
        return opaqueType(
          type.name,
          type.parameters.map((parameter) => this.apply(parameter, free)),
        );
      case 'type':
        return type.of ? typeType(this.apply(type.of, free)) : type;
      default:
        return type;
    }
  }

  /** One type for the branches of a condition and the elements of a list; dyn where they differ. */
  join(a: CelType, b: CelType): CelType {
    return this.attempt(
      () => this.assign(a, b),
      (fits) => fits,
    )
      ? this.#mostGeneral(a, b)
      : DYN;
  }

  #mostGeneral(a: CelType, b: CelType): CelType {
    const join = this.#joinObjects;
    if (!join) return mostGeneral(a, b);
    if (a.kind === 'list' && b.kind === 'list') return listType(this.#mostGeneral(a.element, b.element));
    if (a.kind === 'object' && b.kind === 'object') return a.name === b.name ? a : (join(a.name, b.name) ?? DYN);
    if (isFielded(a) && isFielded(b) && a.kind !== b.kind) return a.kind === 'object' ? a : b;
    return mostGeneral(a, b);
  }
}

/** The object type that has the fields of two others. */
export type JoinObjects = (a: string, b: string) => CelType | undefined;

function isFielded({ kind }: CelType): boolean {
  return kind === 'object' || kind === 'map';
}

/** Whether nothing about the type is known before it runs. */
export function isAnything({ kind }: CelType): boolean {
  return kind === 'dyn' || kind === 'error';
}

/** cel-go lets null stand for objects and whatever may be absent. */
function isNullable({ kind }: CelType): boolean {
  return ['null', 'object', 'opaque', 'wrapper', 'timestamp', 'duration'].includes(kind);
}

/** The less specific of two types of which one can be assigned to the other. */
function mostGeneral(a: CelType, b: CelType): CelType {
  return isEqualOrLessSpecific(a, b) ? a : b;
}

function isEqualOrLessSpecific(a: CelType, b: CelType): boolean {
  if (isAnything(a) || a.kind === 'parameter') return true;
  if (isAnything(b) || b.kind === 'parameter') return false;
  if (b.kind === 'null') return true;
  if (a.kind === 'wrapper') return true;
  if (a.kind === 'list') return b.kind === 'list' && isEqualOrLessSpecific(a.element, b.element);
  if (a.kind === 'map') {
    return b.kind === 'map' && isEqualOrLessSpecific(a.key, b.key) && isEqualOrLessSpecific(a.value, b.value);
  }
  if (a.kind === 'opaque' && b.kind === 'opaque') {
    return a.parameters.every((parameter, index) => isEqualOrLessSpecific(parameter, b.parameters[index] ?? DYN));
  }
  return a.kind === b.kind;
}
