import type { Conversion, ConversionInput } from './conversion-input.ts';
import { memoOf } from './service-memo.ts';
import { convertScore as version1 } from './version-1/convert-score.ts';
import { convertWorkload, namespaceOf } from './version-2/convert-score.ts';

/** Score to Kubernetes by the renderer that the lock names (`knownRenderers`; `resolve` refuses any other). */
export function convert(input: ConversionInput): Conversion {
  if (input.resolution.renderer === '1') return { objects: version1(input), findings: [] };
  const { objects, findings } = memoOf(input.resolution).conversion.converted(input, convertWorkload);
  return { objects: [namespaceOf(input), ...objects], findings };
}
