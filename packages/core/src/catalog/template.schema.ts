import Type from 'typebox';

const text = Type.String({ minLength: 1 });
const map = Type.Object({});
const string = Type.Optional(Type.String());
const condition = Type.Optional(Type.Union([Type.String(), Type.Boolean()]));
const permissions = Type.Optional(Type.Object({ tags: Type.Optional(Type.Array(Type.String())) }));
const form = Type.Object({ 'backstage:permissions': permissions });
const decorators = Type.Optional(Type.Array(Type.Object({ id: string, input: Type.Optional(map) })));
const shown = Type.Optional(text);

/**
 * `spec` of a Template (Backstage, "Writing Templates"), as the validator of `@backstage/plugin-scaffolder-common` has
 * it. The platform lists templates and checks their form; it does not run them.
 */
export const templateSpec = Type.Object({
  type: text,
  owner: shown,
  lifecycle: shown,
  parameters: Type.Optional(
    Type.Unsafe<unknown>({
      if: { type: 'array' },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: Type.Array(form),
      else: form,
    }),
  ),
  secrets: Type.Optional(Type.Object({ schema: Type.Optional(map) })),
  presentation: Type.Optional(
    Type.Object({
      buttonLabels: Type.Optional(
        Type.Object({ backButtonText: string, createButtonText: string, reviewButtonText: string }),
      ),
    }),
  ),
  EXPERIMENTAL_recovery: Type.Optional(Type.Object({ EXPERIMENTAL_strategy: string })),
  formDecorators: decorators,
  EXPERIMENTAL_formDecorators: decorators,
  steps: Type.Array(
    Type.Object({
      id: string,
      name: string,
      action: Type.String(),
      input: Type.Optional(map),
      if: condition,
      'backstage:permissions': permissions,
    }),
  ),
  output: Type.Optional(
    Type.Object(
      {
        links: Type.Optional(
          Type.Array(Type.Object({ if: condition, url: shown, entityRef: shown, title: shown, icon: shown })),
        ),
        text: Type.Optional(Type.Array(Type.Object({ if: condition, title: shown, icon: shown, content: string }))),
      },
      { additionalProperties: Type.String() },
    ),
  ),
});
