import type { FunctionDeclaration } from '../../function-declaration.ts';
import { parseSignature } from '../../signature.ts';
import { CelError, CelList, type CelResult, type CelValue } from '../../value.ts';

/** Types whose values have an order. */
export const COMPARABLE = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];

/** One function over lists, declared once for each type of their elements. */
export function listOverloads(
  types: readonly string[],
  signature: (type: string) => string,
  implementation: { readonly evaluate: (list: CelList) => CelResult; readonly cost: (list: CelList) => number },
): FunctionDeclaration[] {
  return types.map((type) => {
    const declared = parseSignature(signature(type), new Map());
    const refusal = new CelError(`no such overload: ${declared.name}()`);
    return {
      ...declared,
      evaluate: (list?: CelValue) => (list instanceof CelList ? implementation.evaluate(list) : refusal),
      cost: (list?: CelValue) => (list instanceof CelList ? implementation.cost(list) : 0),
    };
  });
}
