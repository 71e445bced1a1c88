import Type, { type Static, type TSchema } from 'typebox';

/** Shapes that several own kinds share. Descriptions become the documentation and editors' hints. */
export const dnsLabel = (maxLength: number, description: string) =>
  Type.String({ pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$', maxLength, description });

export const groupOf = (description: string) =>
  Type.String({ pattern: '^(group:)?([a-z0-9-]+/)?[a-zA-Z0-9][a-zA-Z0-9._-]*$', description });

export const groupReference = groupOf('A group of the catalog: `group:default/team-data`.');

export const semverRange = Type.String({ minLength: 1, description: 'A range of semantic versions: `^2.0.0`.' });

export const digestText = Type.String({ pattern: '^sha256:[0-9a-f]{64}$', description: 'SHA-256, as `sha256:<hex>`.' });

export const apiVersion = Type.Literal('idp.internal/v1alpha1', {
  description: 'The version of the format.',
});

/** `kind` of an own document. */
export const kindOf = <Kind extends string>(kind: Kind) => Type.Literal(kind, { description: 'What the file is.' });

export const anyJsonSchema = Type.Unsafe<Readonly<Record<string, unknown>>>({
  type: 'object',
  description: 'A JSON Schema (2020-12).',
});

/**
 * A map from names to values of one schema. Not TypeBox's own `Record`: its pattern `^.*$` does not match a key
 * with a line feed, whose value would then go unchecked.
 */
export const mapOf = <T extends TSchema>(
  values: T,
  options: {
    readonly description?: string;
    readonly minProperties?: number;
    readonly maxProperties?: number;
    readonly propertyNames?: TSchema;
  } = {},
) => Type.Unsafe<Record<string, Static<T>>>({ type: 'object', ...options, additionalProperties: values });

const maxGlobLength = 200;
const globPattern = '^(?!(?:[^*]*\\*+(?!\\*)){4})(?![^{]*\\{[^{]*\\{)[^()+|\\\\\\r\\n]*$';
const boundedGlob = new RegExp(globPattern);

/** Whether a glob that somebody wrote cannot keep a run busy; see `globs`. */
export function isBoundedGlob(text: string): boolean {
  return text.length <= maxGlobLength && boundedGlob.test(text);
}

/**
 * Globs of files. Globs become regular expressions that go back and forth: what each group of `*` and each brace
 * can stand for multiplies, and parentheses would be a pattern of one's own.
 */
export const globs = (description: string) =>
  Type.Array(
    Type.String({
      maxLength: maxGlobLength,
      pattern: globPattern,
      description:
        'A glob: at most three groups of `*`, one `{a,b}`, no parentheses, no `+`, no `|`, no `\\`: `**/test/**`.',
    }),
    { maxItems: 100, description },
  );

export const freeValues = mapOf(Type.Unknown(), {
  description: 'Values by name, typed by `spec.environmentValues` of idp.yaml.',
});

/** A kind of Kubernetes with its group and version. */
export const objectKind = Type.String({
  pattern: '^([a-z0-9.-]+/)?[a-z0-9]+/[A-Z][A-Za-z0-9]*$',
  description: '`<group>/<version>/<Kind>`; the core group has no name.',
});
