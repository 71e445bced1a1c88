import {
  type CelType,
  DURATION,
  DYN,
  listType,
  mapType,
  NULL,
  opaqueType,
  parameterType,
  printType,
  TIMESTAMP,
  typeType,
  wrapperType,
} from '../../type.ts';
import { ArrayList, CelTypeValue, CelUint, type CelValue, EntryMap } from '../../value.ts';
import type { ConformanceCase } from './conformance-cases.ts';

type Expected = ConformanceCase['test']['resultMatcher'];
/** A value of the suite (`cel.expr.Value`). */
export type SuiteValue = Extract<Expected, { case: 'value' }>['value'];
/** A type of the suite (`cel.expr.Type`). */
export type SuiteType = NonNullable<Extract<Expected, { case: 'typedResult' }>['value']['deducedType']>;

/** The value as the engine has it. */
export function readValue({ kind }: SuiteValue): CelValue {
  switch (kind.case) {
    case 'uint64Value':
      return new CelUint(kind.value);
    case 'nullValue':
      return null;
    case 'typeValue':
      return new CelTypeValue(kind.value);
    case 'listValue':
      return new ArrayList(kind.value.values.map(readValue));
    case 'mapValue':
      return new EntryMap(kind.value.entries.map(({ key, value }) => [read(key), read(value)]));
    case 'boolValue':
    case 'int64Value':
    case 'doubleValue':
    case 'stringValue':
    case 'bytesValue':
      return kind.value;
    default:
      throw new Error(`a value of kind ${kind.case} should have been left out`);
  }
}

function read(value: SuiteValue | undefined): CelValue {
  if (!value) throw new Error('an entry of a map lacks its key or value');
  return readValue(value);
}

const PRIMITIVES = ['unspecified', 'bool', 'int', 'uint', 'double', 'string', 'bytes'] as const;

/** The type as the engine has it. */
export function readType(type: SuiteType | undefined): CelType {
  const kind = type?.typeKind;
  switch (kind?.case) {
    case 'primitive':
      return primitive(kind.value);
    case 'wrapper':
      return wrapperType(primitive(kind.value));
    case 'null':
      return NULL;
    case 'wellKnown':
      return [DYN, DYN, TIMESTAMP, DURATION][kind.value] ?? DYN;
    case 'listType':
      return listType(readType(kind.value.elemType));
    case 'mapType':
      return mapType(readType(kind.value.keyType), readType(kind.value.valueType));
    case 'abstractType':
      return opaqueType(kind.value.name, kind.value.parameterTypes.map(readType));
    case 'typeParam':
      return parameterType(kind.value);
    case 'type':
      return typeType(kind.value.typeKind.case === undefined ? undefined : readType(kind.value));
    default:
      return DYN;
  }
}

/** A type as it is compared: the names of type parameters mean nothing. */
export function comparable(type: CelType): string {
  return printType(type).replace(/\b[A-Z_]\w*\b/g, 'T');
}

function primitive(index: number): CelType {
  const name = PRIMITIVES[index];
  return name === undefined || name === 'unspecified' ? DYN : { kind: name };
}
