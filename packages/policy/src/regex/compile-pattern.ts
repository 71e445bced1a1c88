import { assemble, type Instruction } from './assemble.ts';
import { parsePattern } from './parse-pattern.ts';
import { type Assertion, isWordCharacter, PatternError } from './pattern-tree.ts';

export type CompiledPattern =
  | {
      readonly kind: 'pattern';
      /** Its instructions: a test takes time proportional to the length of the text times this. */
      readonly size: number;
      readonly test: (text: string) => boolean;
    }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Compiles a regular expression in RE2's syntax. `test` finds it anywhere in a text, in time that is
 * proportional to the length of the text times the size of the pattern, whatever they are: it follows
 * all alternatives at once (Thompson 1968) and never goes back.
 */
export function compilePattern(source: string): CompiledPattern {
  try {
    const program = assemble(parsePattern(source));
    return { kind: 'pattern', size: program.length, test: (text) => run(program, text) };
  } catch (error) {
    if (error instanceof PatternError) return { kind: 'error', message: error.message };
    throw error;
  }
}

/** What the assertions look at: the characters around the place between them. */
interface Place {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

function run(program: readonly Instruction[], text: string): boolean {
  let active: number[] = [];
  let before: number | undefined;
  for (let position = 0; position <= text.length; ) {
    const after = text.codePointAt(position);
    const visited = new Uint8Array(program.length);
    const waiting: number[] = [];
    // A match may start at any place, so the program starts anew at each.
    for (const start of [...active, 0]) {
      if (follow(program, start, { before, after }, visited, waiting)) return true;
    }
    if (after === undefined) return false;
    active = [];
    for (const index of waiting) {
      const instruction = program[index];
      if (instruction?.op === 'character' && instruction.test(after)) active.push(index + 1);
    }
    before = after;
    position += after > 0xffff ? 2 : 1;
  }
  return false;
}

/** Follows everything that takes no character; true when that ends in a match. */
function follow(
  program: readonly Instruction[],
  start: number,
  place: Place,
  visited: Uint8Array,
  waiting: number[],
): boolean {
  const rest = [start];
  for (let index = rest.pop(); index !== undefined; index = rest.pop()) {
    if (visited[index] === 1) continue;
    visited[index] = 1;
    const instruction = program[index];
    if (!instruction || instruction.op === 'match') return true;
    if (instruction.op === 'character') waiting.push(index);
    else if (instruction.op === 'jump') rest.push(instruction.to);
    else if (instruction.op === 'split') rest.push(instruction.first, instruction.second);
    else if (holds(instruction.assertion, place)) rest.push(index + 1);
  }
  return false;
}

function holds(assertion: Assertion, { before, after }: Place): boolean {
  switch (assertion) {
    case 'text-start':
      return before === undefined;
    case 'text-end':
      return after === undefined;
    case 'line-start':
      return before === undefined || before === 0x0a;
    case 'line-end':
      return after === undefined || after === 0x0a;
    case 'word-boundary':
      return isWord(before) !== isWord(after);
    case 'not-word-boundary':
      return isWord(before) === isWord(after);
  }
}

function isWord(codePoint: number | undefined): boolean {
  return codePoint !== undefined && isWordCharacter(codePoint);
}
