import { library } from '../../function-declaration.ts';
import { ArrayList, CelError, type CelList } from '../../value.ts';
import { elementsOf } from '../elements.ts';
import { kubernetesDialect } from './format-kubernetes.ts';
import { specDialect } from './format-spec.ts';
import { type FormatDialect, format } from './format-template.ts';
import {
  charAt,
  indexOf,
  lastIndexOf,
  lowerAscii,
  occurrences,
  PositionError,
  quote,
  replace,
  replacedLength,
  reverse,
  split,
  substring,
  trim,
  upperAscii,
} from './text.ts';

/** A text costs a sixteenth of a step for each character that is looked at. */
const PER_CHARACTER = 1 / 16;
/** What a replacement may grow to before it is worth counting. */
const WORTH_COUNTING = 10_000;

const scan = (text: string): number => text.length * PER_CHARACTER;

/** A search can look at the part again at many places of the text, but skips most of them. */
const search = (text: string, part: string): number =>
  (text.length + (text.length * part.length) / 256) * PER_CHARACTER;

function replacing(text: string, old: string, by: string): number {
  const most = text.length + (text.length + 1) * Math.max(0, by.length - old.length);
  return search(text, old) + (most > WORTH_COUNTING ? replacedLength(text, old, by) : most) * PER_CHARACTER;
}

/** A long text is looked through before it is taken apart: each part is paid for. */
function splitting(text: string, separator: string): number {
  const parts = text.length > WORTH_COUNTING ? occurrences(text, separator) : 0;
  return search(text, separator) + parts;
}

function joining(list: CelList, separator: string): number {
  let length = list.size * (separator.length + 1);
  for (const element of list) if (typeof element === 'string') length += element.length;
  return length * PER_CHARACTER;
}

function join(list: CelList, separator: string): string | CelError {
  const parts = elementsOf(list);
  if (!parts.every((part) => typeof part === 'string')) return new CelError('join(): an element is not a string');
  return parts.join(separator);
}

/** A position that is none is an error of the evaluation. */
function positioned<T>(result: T | PositionError): T | CelError {
  return result instanceof PositionError ? new CelError(result.message) : result;
}

const common = library('strings', {
  functions: {
    'string.charAt(int): string': { evaluate: (text, index) => positioned(charAt(text, index)), cost: scan },
    'string.indexOf(string): int': { evaluate: (text, part) => positioned(indexOf(text, part, 0n)), cost: search },
    'string.indexOf(string, int): int': {
      evaluate: (text, part, from) => positioned(indexOf(text, part, from)),
      cost: search,
    },
    'string.lastIndexOf(string): int': { evaluate: (text, part) => positioned(lastIndexOf(text, part)), cost: search },
    'string.lastIndexOf(string, int): int': {
      evaluate: (text, part, from) => positioned(lastIndexOf(text, part, from)),
      cost: search,
    },
    'string.lowerAscii(): string': { evaluate: lowerAscii, cost: scan },
    'string.upperAscii(): string': { evaluate: upperAscii, cost: scan },
    'string.replace(string, string): string': {
      evaluate: (text, old, by) => replace(text, old, by, -1n),
      cost: replacing,
    },
    'string.replace(string, string, int): string': { evaluate: replace, cost: replacing },
    'string.split(string): list<string>': {
      evaluate: (text, separator) => new ArrayList(split(text, separator, -1n)),
      cost: splitting,
    },
    'string.split(string, int): list<string>': {
      evaluate: (text, separator, limit) => new ArrayList(split(text, separator, limit)),
      cost: splitting,
    },
    'string.substring(int): string': { evaluate: (text, start) => positioned(substring(text, start)), cost: scan },
    'string.substring(int, int): string': {
      evaluate: (text, start, end) => positioned(substring(text, start, end)),
      cost: scan,
    },
    'string.trim(): string': { evaluate: trim, cost: scan },
    'strings.quote(string): string': { evaluate: quote, cost: scan },
    'list<string>.join(): string': { evaluate: (list) => join(list, ''), cost: (list) => joining(list, '') },
    'list<string>.join(string): string': { evaluate: join, cost: joining },
  },
});

const formatting = (dialect: FormatDialect) =>
  library('strings', {
    functions: {
      'string.format(list<dyn>): string': {
        evaluate: (template, values) => format(template, values, dialect),
        cost: (template, values) => scan(template) + values.size,
      },
    },
  }).functions;

/** cel-go's strings library as Kubernetes has it since 1.29: version 2 (apiserver, pkg/cel/environment/base.go). */
export const kubernetesStringsLibrary = {
  ...common,
  name: 'cel.lib.ext.strings/2',
  functions: [...common.functions, ...formatting(kubernetesDialect)],
};

/** cel-go's strings library as cel-spec describes it: `format` is another one, and `reverse` is new. */
export const stringsLibrary = {
  ...common,
  name: 'cel.lib.ext.strings',
  functions: [
    ...common.functions,
    ...formatting(specDialect),
    ...library('strings', { functions: { 'string.reverse(): string': { evaluate: reverse, cost: scan } } }).functions,
  ],
};
