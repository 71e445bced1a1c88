import { findCycles } from '../catalog/find-cycles.ts';
import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, Position } from '../finding/finding.ts';
import { positionOf } from '../provenance/origin.ts';
import { child, descend, sortedEntries, stringIn, type Traced } from '../provenance/traced.ts';
import { isShellVariable, parsePlaceholders, referencesIn } from '../workload/placeholder.ts';
import { type ServiceFiles, scoreTexts, stringsIn } from '../workload/score-texts.ts';
import { volumeNamed } from '../workload/volume-source.ts';

/** The outputs of a resource in one environment, by name. */
export type OutputNames = (resource: string) => readonly string[] | undefined;
/** Why an output that is there cannot be used here; `undefined` when it can. */
export type Unusable = (resource: string, output: string) => Problem | undefined;

/**
 * Checks every placeholder of a Score document before anything is rendered: `${resources.db.hots}` is found
 * on its own line and column, and so is one in a place where it would be rendered as it is written. Also finds
 * resources whose params need each other.
 */
export function checkReferences(
  score: Traced,
  outputs: OutputNames,
  unusable: Unusable = () => undefined,
  files: ServiceFiles = new Map(),
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { node, place } of scoreTexts(score, files)) {
    if (place === 'plain') findings.push(...misplaced(node));
    else if (place === 'volume') findings.push(...volumeSource(node, score, outputs, unusable));
    else findings.push(...checkString(node, score, outputs, unusable, place === 'command'));
  }
  for (const cycle of resourceCycles(score)) {
    const node = descend(score, ['resources', cycle[0] ?? '', 'params']) ?? score;
    findings.push({
      code: 'resolve/resource-cycle',
      severity: 'error',
      message: `resources need each other: ${[...cycle, ...cycle.slice(0, 1)].join(' → ')}`,
      hint: 'write one of the values out',
      ...positionOf(node.origin),
    });
  }
  return findings;
}

/** What a container mounts: a volume, said as a placeholder or by the name of the resource alone. */
function volumeSource(node: Traced, score: Traced, outputs: OutputNames, unusable: Unusable): readonly Finding[] {
  if (volumeNamed(node, score) !== undefined) return [];
  const text = stringIn(node) ?? '';
  if (text.includes('${')) return checkString(node, score, outputs, unusable);
  const volumes = sortedEntries(child(score, 'resources'))
    .filter(([, resource]) => stringIn(child(resource, 'type')) === 'volume')
    .map(([name]) => name);
  const hint = didYouMean(text, volumes) ?? 'add a resource of the type `volume`, and write `${resources.<name>}`';
  return [
    {
      code: 'resolve/unknown-volume',
      severity: 'error',
      message: `there is no volume ${quote(text)}`,
      hint,
      ...positionOf(node.origin),
    },
  ];
}

function checkString(
  node: Traced,
  score: Traced,
  outputs: OutputNames,
  unusable: Unusable,
  isCommand = false,
): readonly Finding[] {
  const text = stringIn(node) ?? '';
  if (!text.includes('$')) return [];
  const parsed = parsePlaceholders(text);
  if (!parsed.ok) {
    return [
      {
        code: 'resolve/invalid-placeholder',
        severity: 'error',
        message: parsed.message,
        hint: 'write `${resources.<name>.<output>}`, or `$$` for a `$`',
        ...placeWithin(node, text, parsed),
      },
    ];
  }
  return parsed.parts.flatMap((part) => {
    if (part.kind === 'literal') return [];
    const { path, start, end } = part;
    if (isCommand && isShellVariable(text.slice(start + 2, end - 1))) return [];
    const [, resource = '', ...output] = path;
    const problem = unresolved(path, score, outputs) ?? unusable(resource, output.join('.'));
    return problem === undefined
      ? []
      : [{ severity: 'error' as const, ...problem, ...placeWithin(node, text, { start, end }) }];
  });
}

/** Elsewhere a `$` is a plain character; `${` is a placeholder that somebody believes in. */
function misplaced(node: Traced): readonly Finding[] {
  const text = stringIn(node) ?? '';
  const start = text.indexOf('${');
  if (start < 0) return [];
  const close = text.indexOf('}', start);
  return [
    {
      code: 'workload/placeholder-not-here',
      severity: 'error',
      message: 'a placeholder is not replaced here: it would be deployed as it is written',
      hint: 'placeholders stand in `variables`, `command`, `args`, the `content` of `files` and the `source` of `volumes` of a container, and in `params` of a resource or the workload; write the value out here',
      ...placeWithin(node, text, { start, end: close < 0 ? text.length : close + 1 }),
    },
  ];
}

export type Problem = Pick<Finding, 'code' | 'message' | 'hint'>;

function unresolved(path: readonly string[], score: Traced, outputs: OutputNames): Problem | undefined {
  const [root, name, ...rest] = path;
  if (root === 'metadata') {
    return descend(child(score, 'metadata'), path.slice(1)) === undefined
      ? {
          code: 'resolve/unknown-placeholder',
          message: `${quote(path.join('.'))} does not exist`,
          hint: 'for example `${metadata.name}`',
        }
      : undefined;
  }
  if (root !== 'resources' || name === undefined) {
    return {
      code: 'resolve/unknown-placeholder',
      message: `${quote(path.join('.'))} cannot be resolved`,
      hint: `a placeholder begins with \`metadata.\` or \`resources.\`; \`$\${${path.join('.')}}\` writes the text itself`,
    };
  }
  const suggesting = (problem: Omit<Problem, 'hint'>, hint: string | undefined): Problem => ({
    ...problem,
    ...(hint !== undefined && { hint }),
  });
  if (child(child(score, 'resources'), name) === undefined) {
    const declared = sortedEntries(child(score, 'resources')).map(([key]) => key);
    return suggesting(
      { code: 'resolve/unknown-resource', message: `there is no resource ${quote(name)}` },
      didYouMean(name, declared) ?? 'add it to `resources`',
    );
  }
  const known = outputs(name);
  if (known === undefined) return undefined;
  const output = rest.join('.');
  if (known.includes(output)) return undefined;
  if (stringIn(descend(score, ['resources', name, 'type'])) === 'volume')
    return {
      code: 'resolve/unknown-output',
      message: `${quote(name)} is a volume, which is mounted and has no value`,
      hint: 'name it as the `source` of a path below `volumes` of a container',
    };
  return suggesting(
    {
      code: 'resolve/unknown-output',
      message:
        output === '' ? `which output of ${quote(name)} is meant?` : `${quote(name)} has no output ${quote(output)}`,
    },
    didYouMean(output, known),
  );
}

/** The place of a piece of a string, where the file has it as it is; else the place of the whole string. */
export function placeWithin(node: Traced, text: string, { start, end }: { start: number; end: number }): Position {
  const { origin } = node;
  const range = origin.kind === 'source' ? origin.source.rangeOf(origin.pointer, origin.document) : undefined;
  if (origin.kind !== 'source' || range === undefined) return positionOf(origin);
  const piece = text.slice(start, end);
  // Quotes, folds and escapes move the piece, but never its count: the same piece may stand before it, as in `$${…}`.
  let at = origin.source.text.indexOf(piece, range.start);
  for (let before = text.indexOf(piece); before < start && at >= 0; before = text.indexOf(piece, before + 1))
    at = origin.source.text.indexOf(piece, at + 1);
  if (at < 0 || at >= range.end) return positionOf(origin);
  return origin.source.locateRange({ start: at, end: at + piece.length });
}

/** The names of the resources that a resource's params need. */
function resourceNeeds(resource: Traced): readonly string[] {
  const needs = new Set<string>();
  for (const node of stringsIn(child(resource, 'params')))
    for (const { path } of referencesIn(stringIn(node) ?? ''))
      if (path[0] === 'resources' && path[1] !== undefined) needs.add(path[1]);
  return [...needs];
}

function resourceCycles(score: Traced): readonly (readonly string[])[] {
  const resources = new Map(sortedEntries(child(score, 'resources')));
  const next = (name: string): readonly string[] => {
    const resource = resources.get(name);
    return resource === undefined ? [] : resourceNeeds(resource);
  };
  return findCycles(resources.keys(), next);
}
