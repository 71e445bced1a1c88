import { DockerfileParser, type From } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import picomatch from 'picomatch';

export interface ImageContext {
  readonly dockerfile: string;
  /** Relative to the folder of the Dockerfile. */
  readonly files: readonly string[];
  readonly dockerignore: string;
}

/**
 * What is wrong with a Dockerfile: the mistakes that Docker itself would refuse, by its own language server's rules,
 * and what our guardrails ask of an image. There is no Docker engine where the tests run.
 */
export function dockerfileProblems(context: ImageContext): readonly string[] {
  const { dockerfile } = context;
  return [
    ...validate(dockerfile).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`),
    ...baseImages(dockerfile),
    ...instructions(dockerfile),
    ...copies(context),
    ...whatRuns(dockerfile),
  ];
}

function baseImages(text: string): readonly string[] {
  const stages = new Set<string>();
  return DockerfileParser.parse(text)
    .getFROMs()
    .flatMap((from: From) => {
      const image = from.getImage() ?? '';
      const stage = from.getBuildStage();
      const earlier = stages.has(image);
      if (stage !== null) stages.add(stage);
      // `name:tag@sha256:…`; the parser knows one of the two only.
      return earlier || /^[^\s:@]+(:\d+)?[^\s:@]*:\d+\.\d+\.\d+[^@\s]*@sha256:[0-9a-f]{64}$/.test(image)
        ? []
        : [`FROM ${image}: not pinned by a whole version and a digest`];
    });
}

function instructions(text: string): readonly string[] {
  return DockerfileParser.parse(text)
    .getInstructions()
    .flatMap((instruction) => {
      const keyword = instruction.getKeyword();
      const written = instruction.getArgumentsContent() ?? '';
      if (keyword === 'ADD') return ['ADD: COPY does what it says, and no more'];
      if (keyword === 'RUN' && /\b(curl|wget|sudo)\b/.test(written))
        return [`RUN ${written}: fetches or raises rights`];
      if (keyword === 'WORKDIR' && !written.startsWith('/')) return [`WORKDIR ${written}: not absolute`];
      return [];
    });
}

function copies({ dockerfile, files, dockerignore }: ImageContext): readonly string[] {
  const parsed = DockerfileParser.parse(dockerfile);
  const stages = parsed.getFROMs().map((from) => from.getBuildStage());
  const visible = files.filter((file) => !isIgnored(file, dockerignore));
  return parsed.getCOPYs().flatMap((copy) => {
    const from = copy.getFromFlag()?.getValue();
    if (from !== undefined && from !== null)
      return stages.includes(from) ? [] : [`COPY --from=${from}: there is no such stage`];
    const sources = copy.getArguments().map((argument) => argument.getValue());
    return sources.slice(0, -1).flatMap((source) => {
      const matches = picomatch([source, `${source.replace(/\/$/, '')}/**`], { dot: true });
      if (source !== '.' && !files.some((file) => matches(file))) return [`COPY ${source}: there is no such file`];
      return source === '.' || visible.some((file) => matches(file)) ? [] : [`COPY ${source}: .dockerignore hides it`];
    });
  });
}

/** The last pattern that matches a file, or a folder above it, counts (docs.docker.com, "Dockerignore files"). */
function isIgnored(file: string, dockerignore: string): boolean {
  const parts = file.split('/');
  const self = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  let ignored = false;
  for (const line of dockerignore.split('\n').map((text) => text.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const matches = picomatch(line.replace(/^!/, ''), { dot: true });
    if (self.some((path) => matches(path))) ignored = !line.startsWith('!');
  }
  return ignored;
}

function whatRuns(text: string): readonly string[] {
  const parsed = DockerfileParser.parse(text);
  const last = parsed.getFROMs().at(-1)?.getRange().start.line ?? 0;
  const inLast = parsed.getInstructions().filter((instruction) => instruction.getRange().start.line > last);
  const users = inLast.filter((instruction) => instruction.getKeyword() === 'USER');
  const user = users.at(-1)?.getArgumentsContent() ?? '';
  const commands = inLast.filter((instruction) => ['CMD', 'ENTRYPOINT'].includes(instruction.getKeyword()));
  return [
    ...(/^[1-9]\d*(:[1-9]\d*)?$/.test(user) ? [] : [`USER ${user}: not a number other than root's`]),
    ...(commands.length > 0 ? [] : ['nothing runs: there is no CMD']),
    ...commands.flatMap((command) => {
      const written = command.getArgumentsContent() ?? '';
      return isListOfWords(written) ? [] : [`${command.getKeyword()} ${written}: a shell would stand between`];
    }),
  ];
}

function isListOfWords(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string');
  } catch {
    return false;
  }
}
