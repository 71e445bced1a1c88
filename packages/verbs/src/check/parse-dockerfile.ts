import type { JsonObject, ParsedDockerfile, Pointer } from '@idp/core';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Stage {
  readonly image: string;
  readonly name: string | undefined;
  readonly platform: string | undefined;
  /** The earlier stage that it goes on from, if there is one. */
  readonly from: Stage | undefined;
  readonly instructions: { readonly keyword: string; readonly arguments: string }[];
  /** By its last USER, or that of the stage that it goes on from. */
  user: { readonly name: string; readonly range: Range } | undefined;
}

/**
 * A Dockerfile as policies read it (Dockerfile reference):
 *
 * - `stages`: each `FROM` with its `image`, its `name` and `platform` where they are written, `stage` where it goes on from
 *   an earlier one, and its `instructions` (`keyword` in capitals, `arguments` as written, continued lines joined)
 * - `user`: who the image runs as by its last `USER`, also one of a stage that the last one goes on from; absent when none says
 *
 * Whatever the text is, it becomes something; what is no instruction has no effect.
 */
export function parseDockerfile(text: string): ParsedDockerfile {
  // Without a line feed at the end the parser is quadratic in the length of a comment.
  const dockerfile = DockerfileParser.parse(`${text}\n`);
  const lines = lineStarts(text);
  const places = new Map<string, Range>();
  const note = (path: Pointer, range: Range): void => void places.set(JSON.stringify(path), range);
  // An instruction may end on the line that was added.
  const offsetOf = ({ line, character }: { readonly line: number; readonly character: number }): number =>
    Math.min((lines[line] ?? text.length) + character, text.length);
  const rangeOf = ({ start, end }: ReturnType<Instruction['getRange']>): Range => ({
    start: offsetOf(start),
    end: Math.max(offsetOf(start), offsetOf(end)),
  });
  const stages: Stage[] = [];
  const named = new Map<string, Stage>();
  const froms = dockerfile.getFROMs();
  for (const instruction of dockerfile.getInstructions()) {
    const keyword = instruction.getKeyword();
    const range = rangeOf(instruction.getRange());
    const from = keyword === 'FROM' ? froms[stages.length] : undefined;
    if (from !== undefined) {
      const at = ['stages', stages.length];
      const image = from.getImage() ?? '';
      const imageRange = from.getImageRange();
      note(at, range);
      note([...at, 'image'], imageRange === null ? range : rangeOf(imageRange));
      const before = named.get(image.toLowerCase());
      const stage: Stage = {
        image,
        name: from.getBuildStage()?.toLowerCase(),
        platform: from.getPlatformFlag()?.getValue() ?? undefined,
        from: before,
        instructions: [],
        user: before?.user,
      };
      stages.push(stage);
      if (stage.name !== undefined) named.set(stage.name, stage);
    } else {
      const stage = stages.at(-1);
      // An ARG may stand before the first stage.
      if (stage === undefined) continue;
      const content = instruction.getArgumentsContent() ?? '';
      note(['stages', stages.length - 1, 'instructions', stage.instructions.length], range);
      stage.instructions.push({ keyword, arguments: content });
      if (keyword === 'USER') stage.user = { name: content, range };
    }
  }
  const last = stages.at(-1);
  // Where nobody says a user, the last stage is where it has to be said.
  const user = last?.user?.range ?? places.get(JSON.stringify(['stages', stages.length - 1]));
  if (user !== undefined) note(['user'], user);
  return {
    spec: specOf(stages, last?.user?.name),
    rangeOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const range = places.get(JSON.stringify(path.slice(0, length)));
        if (range !== undefined) return range;
      }
      return { start: 0, end: (lines[1] ?? text.length + 1) - 1 };
    },
  };
}

function specOf(stages: readonly Stage[], user: string | undefined): JsonObject {
  return {
    stages: stages.map(({ image, name, platform, from, instructions }) => ({
      image,
      ...(name !== undefined && { name }),
      ...(platform !== undefined && { platform }),
      ...(from !== undefined && { stage: from.name ?? '' }),
      instructions,
    })),
    ...(user !== undefined && { user }),
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  // A carriage return alone ends a line for the parser as well (Language Server Protocol, "Text Documents").
  for (const { index, 0: ending } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + ending.length);
  return starts;
}
