import type { Signature } from '../signature.ts';
import { type CelType, DYN, listType, mapType, parameterType, printType, typeType } from '../type.ts';
import { isAnything, type JoinObjects, Substitution } from './substitution.ts';

/** The overloads that a call may be, and what it returns. */
export interface Resolved<One extends Signature> {
  readonly overloads: readonly One[];
  readonly type: CelType;
}

/** Finds overloads by the types of arguments, as cel-go's checker does, and remembers what type parameters are. */
export class Overloads {
  readonly substitution: Substitution;
  #fresh = 0;

  constructor(joinObjects?: JoinObjects) {
    this.substitution = new Substitution(joinObjects);
  }

  /** A type parameter that nobody else has. */
  freshParameter(): CelType {
    this.#fresh += 1;
    return parameterType(`@${this.#fresh}`);
  }

  /** All overloads that fit, dyn where they return different types; `undefined` when none does. */
  resolve<One extends Signature>(all: readonly One[], args: readonly CelType[]): Resolved<One> | undefined {
    const overloads: One[] = [];
    let type: CelType | undefined;
    for (const overload of all) {
      const result = this.substitution.attempt(
        () => this.#apply(overload, args),
        () => false,
      );
      if (!result) continue;
      overloads.push(overload);
      if (type === undefined) type = result;
      else if (printType(type) !== printType(result)) type = DYN;
    }
    const [first] = overloads;
    if (!first || type === undefined) return undefined;
    // What the first one that fits says of the arguments holds from here on, as in cel-go.
    const bound = this.#apply(first, args);
    return { overloads, type: isAnything(type) ? type : (bound ?? type) };
  }

  #apply({ parameters, variadic, result }: Signature, args: readonly CelType[]): CelType | undefined {
    if (variadic ? args.length < parameters.length - 1 : args.length !== parameters.length) return undefined;
    this.#fresh += 1;
    const suffix = `@${this.#fresh}`;
    for (const [index, argument] of args.entries()) {
      const parameter = parameters[Math.min(index, parameters.length - 1)] ?? DYN;
      if (!this.substitution.assign(argument, renamed(parameter, suffix))) return undefined;
    }
    return this.substitution.apply(renamed(result, suffix));
  }
}

/** The same type with type parameters of its own: each call has others. */
function renamed(type: CelType, suffix: string): CelType {
  switch (type.kind) {
    case 'parameter':
      return parameterType(type.name + suffix);
    case 'list':
      return listType(renamed(type.element, suffix));
    case 'map':
      return mapType(renamed(type.key, suffix), renamed(type.value, suffix));
    case 'opaque':
      return { ...type, parameters: type.parameters.map((parameter) => renamed(parameter, suffix)) };
    case 'type':
      return type.of ? typeType(renamed(type.of, suffix)) : type;
    default:
      return type;
  }
}

/** What overloads take, those with as many arguments first. */
export function overloadHint(all: readonly Signature[], count: number): { readonly hint?: string } {
  const fitting = all.filter(({ parameters, variadic }) => variadic || parameters.length === count);
  const shown = (fitting.length > 0 ? fitting : all).slice(0, 4).map(({ parameters, style, name }) => {
    const [receiver, ...rest] = parameters.map(printType);
    return style === 'method' ? `${receiver}.${name}(${rest.join(', ')})` : `(${parameters.map(printType).join(', ')})`;
  });
  return shown.length > 0 ? { hint: `it takes ${shown.join(' or ')}` } : {};
}
