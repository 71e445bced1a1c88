import type { IncrementalTest } from '@bufbuild/cel-spec/testdata/tests.js';
import { getConformanceSuite } from '@bufbuild/cel-spec/testdata/tests.js';

/** A case of the official conformance suite of cel-spec. */
export interface ConformanceCase {
  /** `string_ext/replace/no_placeholder`, and `…#2` for a second case of the same name. */
  readonly name: string;
  /** `string_ext/replace`. */
  readonly section: string;
  readonly test: IncrementalTest['original'];
}

/**
 * The cases that need no protobuf messages. Left out are those
 * - in a namespace of messages (`container` is that of the suite's own, or `google.protobuf`),
 * - whose expression names a message or an enum of protobuf (`TestAllTypes`, `NullValue`, `cel.expr.…`, or anything in
 *   `google.protobuf` but the types of timestamps and durations),
 * - whose bindings, declared types or expected result hold a message or an enum.
 */
export function conformanceCases(): readonly ConformanceCase[] {
  const cases: ConformanceCase[] = [];
  const named = new Map<string, number>();
  for (const file of getConformanceSuite().suites) {
    for (const section of file.suites) {
      for (const { name, original } of section.tests) {
        const path = `${file.name}/${section.name}/${name}`;
        const count = (named.get(path) ?? 0) + 1;
        named.set(path, count);
        if (needsMessages(original)) continue;
        const unique = count === 1 ? path : `${path}#${count}`;
        cases.push({ name: unique, section: `${file.name}/${section.name}`, test: original });
      }
    }
  }
  return cases;
}

const MESSAGE_NAMES = /TestAllTypes|NullValue|\bcel\.expr\.|google\.protobuf\.(?!(?:Timestamp|Duration)\b(?!\s*\{))/;
const MESSAGE_DATA = /"(?:objectValue|enumValue|messageType)"|google\.protobuf\.Any|TestAllTypes/;

function needsMessages({ container, expr, bindings, typeEnv, resultMatcher }: ConformanceCase['test']): boolean {
  if (/conformance\.proto[23]|^google\.protobuf/.test(container) || MESSAGE_NAMES.test(expr)) return true;
  return MESSAGE_DATA.test(JSON.stringify([bindings, typeEnv, resultMatcher], withoutBigints));
}

function withoutBigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
