import type { Conversion, ConversionInput } from './conversion-input.ts';
import { convertScore as version1 } from './version-1/convert-score.ts';
import { convertScore as version2 } from './version-2/convert-score.ts';

/** Score to Kubernetes by the renderer that the lock names (`knownRenderers`; `resolve` refuses any other). */
export function convert(input: ConversionInput): Conversion {
  return input.resolution.renderer === '1' ? { objects: version1(input), findings: [] } : version2(input);
}
