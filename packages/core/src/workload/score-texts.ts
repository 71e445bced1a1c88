import { traceSource } from '../provenance/trace-source.ts';
import { child, descend, isList, isMap, sortedEntries, stringIn, type Traced } from '../provenance/traced.ts';
import { mountsOf } from './mounts.ts';
import { pathInService, type ServiceFile } from './service-file.ts';

/** By path in the service's folder. */
export type ServiceFiles = ReadonlyMap<string, ServiceFile>;

/** A text of a Score document, and what a placeholder would be in it. */
export interface ScoreText {
  readonly node: Traced;
  /** `value`: it is replaced; `command`: too, but a shell's variables are not; `volume`: it names what is mounted; `plain`: it would stay as it is written. */
  readonly place: 'value' | 'command' | 'volume' | 'plain';
}

const inCommands: readonly string[] = ['command', 'args'];

/**
 * The texts of a Score document that a placeholder could stand in, also those of files that it puts into containers
 * (Score specification, "Placeholders").
 */
export function* scoreTexts(score: Traced, files: ServiceFiles): Generator<ScoreText> {
  for (const node of stringsIn(descend(score, ['metadata', 'annotations']))) yield { node, place: 'plain' };
  for (const [, container] of sortedEntries(child(score, 'containers'))) {
    for (const [field, node] of sortedEntries(container)) {
      if (field === 'files' || field === 'volumes') continue;
      const place = field === 'variables' ? 'value' : inCommands.includes(field) ? 'command' : 'plain';
      for (const text of stringsIn(node)) yield { node: text, place };
    }
    for (const { node } of mountsOf(container, 'files')) {
      const text = fileText(node, files);
      if (text !== undefined && child(node, 'noExpand')?.content !== true) yield { node: text, place: 'value' };
    }
    for (const { node } of mountsOf(container, 'volumes')) {
      const source = child(node, 'source');
      if (stringIn(source) !== undefined && source !== undefined) yield { node: source, place: 'volume' };
    }
  }
  for (const node of stringsIn(child(score, 'service'))) yield { node, place: 'plain' };
  for (const [, resource] of sortedEntries(child(score, 'resources')))
    for (const node of stringsIn(child(resource, 'params'))) yield { node, place: 'value' };
  for (const node of stringsIn(descend(score, ['metadata', 'workload', 'params']))) yield { node, place: 'value' };
}

/** The text of a file, with its place in the Score file or in the file that it is read from; none of a binary one. */
export function fileText(file: Traced, files: ServiceFiles): Traced | undefined {
  const content = child(file, 'content');
  if (content !== undefined) return content;
  const source = serviceFileOf(file, files)?.source;
  return source && traceSource(source);
}

/** What is read for a file with `source`; nothing when it has a finding of its own. */
export function serviceFileOf(file: Traced, files: ServiceFiles): ServiceFile | undefined {
  const named = pathInService(stringIn(child(file, 'source')) ?? '/');
  return 'path' in named ? files.get(named.path) : undefined;
}

/** Every string of a value. */
export function stringsIn(node: Traced | undefined): readonly Traced[] {
  const strings: Traced[] = [];
  const visit = (value: Traced): void => {
    const { content } = value;
    if (typeof content === 'string') strings.push(value);
    else if (isMap(value)) value.content.forEach(visit);
    else if (isList(value)) value.content.forEach(visit);
  };
  if (node !== undefined) visit(node);
  return strings;
}
