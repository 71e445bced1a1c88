import { literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import { readSource, type SourceResult } from '../../source/source.ts';

/** A YAML file that is only a text. */
export function literalSource(path: string, text: string): SourceResult {
  const snapshot = literalSnapshot({ [path]: text });
  const entry = snapshot.entry(path);
  if (entry === undefined) throw new Error(path);
  return readSource(snapshot, entry);
}
