import { defineScalarTag, FAILSAFE_SCHEMA, mergeTag, NOT_RESOLVED, nullCoreTag } from 'js-yaml';

const trueWords = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const falseWords = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const notFinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const numberStarts = [...'+-.0123456789'];

/** A scalar without quotes as a number, or `undefined` where it is text: `0644` is 420, `1_000` is 1000. */
export function kubernetesNumber(text: string): number | undefined {
  if (notFinite.test(text)) return text.endsWith('n') || text.endsWith('N') ? Number.NaN : infinite(text);
  const plain = text.replaceAll('_', '');
  const found = integer.exec(plain);
  if (found) {
    const [, sign, hexadecimal, binary, octal, decimal] = found;
    const value = hexadecimal
      ? Number.parseInt(hexadecimal, 16)
      : binary
        ? Number.parseInt(binary, 2)
        : octal
          ? Number.parseInt(octal, 8)
          : Number(decimal);
    return sign === '-' && value !== 0 ? -value : value;
  }
  return float.test(plain) && !plain.startsWith('_') ? Number(plain) : undefined;
}

function infinite(text: string): number {
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Whether a plain scalar, or a key, means something else to Kubernetes than to YAML 1.2. */
export function meansElseInKubernetes(text: string): boolean {
  return (
    (text.length <= 3 && (trueWords.has(text) || falseWords.has(text))) || /^[-+]?(?:0[0-9bBoOxX_]|[0-9.]+_)/.test(text)
  );
}

const boolTag = defineScalarTag('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: [...'yYnNtTfFoO'],
  resolve: (text) => (trueWords.has(text) ? true : falseWords.has(text) ? false : NOT_RESOLVED),
  identify: () => false,
});

const intTag = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: numberStarts,
  resolve: (text) => kubernetesNumber(text) ?? NOT_RESOLVED,
  identify: () => false,
});

const floatTag = defineScalarTag('tag:yaml.org,2002:float', {
  implicit: false,
  resolve: (text) => kubernetesNumber(text) ?? NOT_RESOLVED,
  identify: () => false,
});

/**
 * Scalars as Kubernetes and its tools read them: `sigs.k8s.io/yaml` over go-yaml 2, which is YAML 1.1 in its words and
 * its octal numbers, has merge keys, and reads dates as text.
 */
export const kubernetesSchema = FAILSAFE_SCHEMA.withTags(nullCoreTag, boolTag, intTag, floatTag, mergeTag);
