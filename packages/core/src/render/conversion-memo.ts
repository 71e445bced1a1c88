import { child, descend, sortedEntries, type Traced } from '../provenance/traced.ts';
import type { Conversion, ConversionInput, VolumeInput } from './conversion-input.ts';
import type { PlaceholderValue } from './secret-value.ts';

type Asked =
  | { readonly kind: 'lookup'; readonly path: readonly string[]; readonly value: PlaceholderValue | undefined }
  | { readonly kind: 'image'; readonly container: string; readonly value: string }
  | { readonly kind: 'volume'; readonly resource: string; readonly value: VolumeInput | undefined };

interface Converted {
  readonly parts: readonly unknown[];
  readonly asked: readonly Asked[];
  readonly conversion: Conversion;
}

/**
 * What the workload was converted to in the target before, with all that was asked for. Where all of it is answered with the
 * same, the objects are the same nodes.
 */
export class ConversionMemo {
  private before: Converted | undefined;

  /** @param convert reads of the Score document what `partsOf` names, and nothing of the environment but what it asks for */
  converted(input: ConversionInput, convert: (input: ConversionInput) => Conversion): Conversion {
    const parts = partsOf(input.score);
    const { before } = this;
    if (
      before?.parts.every((part, index) => part === parts[index]) === true &&
      // In the order in which they were asked for: an answer may have a finding.
      before.asked.every((each) => isAnsweredAgain(each, input))
    )
      return before.conversion;
    const asked: Asked[] = [];
    const conversion = convert({
      ...input,
      lookup: (path) => {
        const value = input.lookup(path);
        asked.push({ kind: 'lookup', path, value });
        return value;
      },
      builtImage: (container) => {
        const value = input.builtImage(container);
        asked.push({ kind: 'image', container, value });
        return value;
      },
      volume: (resource) => {
        const value = input.volume(resource);
        asked.push({ kind: 'volume', resource, value });
        return value;
      },
    });
    this.before = { parts, asked, conversion };
    return conversion;
  }
}

function partsOf(score: Traced): readonly unknown[] {
  const containers = child(score, 'containers');
  const mounting = sortedEntries(containers).some(([, container]) => child(container, 'volumes') !== undefined);
  return [
    score.origin,
    containers,
    child(score, 'service'),
    // Others are only read by what is looked up.
    mounting && child(score, 'resources'),
    descend(score, ['metadata', 'annotations']),
  ];
}

function isAnsweredAgain(asked: Asked, input: ConversionInput): boolean {
  switch (asked.kind) {
    case 'lookup':
      return isSame(input.lookup(asked.path), asked.value);
    case 'image':
      return input.builtImage(asked.container) === asked.value;
    case 'volume': {
      const volume = input.volume(asked.resource);
      return volume?.params === asked.value?.params && volume?.instance === asked.value?.instance;
    }
  }
}

function isSame(a: PlaceholderValue | undefined, b: PlaceholderValue | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  if (a.kind === 'value') {
    if (b.kind !== 'value') return false;
    const { content } = a.node;
    const isScalar = typeof content !== 'object' || content === null;
    return a.node === b.node || (isScalar && content === b.node.content && a.node.origin === b.node.origin);
  }
  return b.kind === 'secret' && a.name === b.name && a.key === b.key && a.origin === b.origin;
}
