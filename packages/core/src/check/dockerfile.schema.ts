import Type from 'typebox';

const text = Type.String();

/** A Dockerfile as policies see it. */
export const dockerfileSchema = Type.Object({
  apiVersion: text,
  kind: text,
  metadata: Type.Object({ name: text }),
  spec: Type.Object({
    stages: Type.Array(
      Type.Object({
        image: text,
        name: Type.Optional(text),
        platform: Type.Optional(text),
        stage: Type.Optional(text),
        instructions: Type.Array(Type.Object({ keyword: text, arguments: text })),
      }),
    ),
    user: Type.Optional(text),
  }),
});
