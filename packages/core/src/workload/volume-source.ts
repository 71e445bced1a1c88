import { child, descend, stringIn, type Traced } from '../provenance/traced.ts';
import { parsePlaceholders } from './placeholder.ts';

/**
 * The resource of the type `volume` that the `source` of a mount names: `${resources.data}`, `${resources.data.source}` as
 * other implementations of Score have it, or just `data`. `undefined` when it names something else.
 */
export function volumeNamed(source: Traced | undefined, score: Traced): string | undefined {
  const text = stringIn(source) ?? '';
  const parsed = parsePlaceholders(text);
  const [part, ...more] = parsed.ok ? parsed.parts : [];
  if (part === undefined || more.length > 0) return undefined;
  const name = part.kind === 'literal' ? part.text : resourceOf(part.path);
  const resource = name === undefined ? undefined : child(child(score, 'resources'), name);
  return stringIn(descend(resource, ['type'])) === 'volume' ? name : undefined;
}

function resourceOf([root, name, output, ...more]: readonly string[]): string | undefined {
  const whole = output === undefined || (output === 'source' && more.length === 0);
  return root === 'resources' && whole ? name : undefined;
}
