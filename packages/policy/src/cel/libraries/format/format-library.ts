import { library } from '../../function-declaration.ts';
import { opaqueType } from '../../type.ts';
import { ArrayList, CelOpaque, CelOptional } from '../../value.ts';
import { namedFormats } from './named-formats.ts';

const FORMAT = opaqueType('kubernetes.NamedFormat');

/** A named format as a value of CEL. */
export class CelFormat extends CelOpaque {
  readonly type = FORMAT;
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof CelFormat && other.name === this.name;
  }

  /** What is wrong with a text; empty when nothing is. */
  problems(text: string): readonly string[] {
    return namedFormats.get(this.name)?.(text) ?? [];
  }
}

const types = { Format: { type: FORMAT, class: CelFormat } };

const constants = Object.fromEntries(
  Array.from(namedFormats.keys(), (name) => [`format.${name}(): Format`, () => new CelFormat(name)]),
);

/** Kubernetes' named formats (apiserver, pkg/cel/library/format.go). */
export const formatLibrary = library('kubernetes.format', {
  types,
  functions: {
    ...constants,
    'format.named(string): optional<Format>': (name: string) =>
      namedFormats.has(name) ? CelOptional.of(new CelFormat(name)) : CelOptional.none,
    'Format.validate(string): optional<list<string>>': {
      evaluate: (format: CelFormat, text: string) => {
        const problems = format.problems(text);
        return problems.length === 0 ? CelOptional.none : CelOptional.of(new ArrayList(problems));
      },
      cost: (_format: CelFormat, text: string) => text.length / 4,
    },
  },
});
