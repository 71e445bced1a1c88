import type { Position, RelatedPlace } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
import type { Source } from '../source/source.ts';

/** Where a rendered value came from. */
export type Origin = SourceOrigin | TemplateOrigin | RendererOrigin;

/** A value in a file: Score, an override, an environment, a catalog entity, a capability's defaults. */
export interface SourceOrigin {
  readonly kind: 'source';
  readonly source: Source;
  readonly pointer: Pointer;
  readonly document?: number;
}

/** A value written in a capability's template, or put there by it from somewhere else. */
export interface TemplateOrigin {
  readonly kind: 'template';
  /** `postgres@1.0.0`. */
  readonly capability: string;
  readonly position: Position;
  /** Where the template writes the key that the value stands under, if it does. */
  readonly key?: Position;
  /** Where the value that the template inserted came from; absent for the template's own text. */
  readonly value?: Origin;
}

/** A value that the conversion of Score to Kubernetes makes by a rule of its own. */
export interface RendererOrigin {
  readonly kind: 'renderer';
  /** For example `restricted security context`. */
  readonly rule: string;
  /** What in the repository caused the object: where to look. */
  readonly cause: Origin;
}

/** The place that a person has to look at first: the consumer's own line if there is one. */
export function positionOf(origin: Origin): Position {
  switch (origin.kind) {
    case 'source':
      return origin.source.locate(origin.pointer, 'value', origin.document);
    case 'template':
      return origin.value === undefined ? origin.position : positionOf(origin.value);
    case 'renderer':
      return positionOf(origin.cause);
  }
}

/** The place of the key that the value stands under, for a finding about the key itself. */
export function keyPositionOf(origin: Origin): Position {
  switch (origin.kind) {
    case 'source':
      return origin.source.locate(origin.pointer, 'key', origin.document);
    case 'template':
      return origin.key ?? (origin.value === undefined ? origin.position : keyPositionOf(origin.value));
    case 'renderer':
      return positionOf(origin.cause);
  }
}

/** The other places on a value's way, nearest first: the template that inserted it, the rule that made it. */
export function passedThrough(origin: Origin): readonly RelatedPlace[] {
  switch (origin.kind) {
    case 'source':
      return [];
    case 'template':
      if (origin.value === undefined) return [];
      return [{ message: `by a template of ${origin.capability}`, ...origin.position }, ...passedThrough(origin.value)];
    case 'renderer':
      return [
        { message: `made by the renderer: ${origin.rule}`, path: positionOf(origin.cause).path },
        ...passedThrough(origin.cause),
      ];
  }
}
