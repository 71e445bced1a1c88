import { type Assertion, type CharacterTest, PatternError, type PatternTree } from './pattern-tree.ts';

export type Instruction =
  | { readonly op: 'character'; readonly test: CharacterTest }
  | { readonly op: 'assertion'; readonly assertion: Assertion }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'match' };

/** Counted repetition copies its part, so that a short pattern can ask for a huge program. */
const MAXIMUM_INSTRUCTIONS = 10_000;

/**
 * Turns a pattern into instructions that an automaton follows.
 *
 * @throws PatternError when there would be more than 10,000
 */
export function assemble(tree: PatternTree): readonly Instruction[] {
  const program: Instruction[] = [];
  emitTree(tree, program);
  emit(program, { op: 'match' });
  return program;
}

function emit<T extends Instruction>(program: Instruction[], instruction: T): T {
  if (program.length >= MAXIMUM_INSTRUCTIONS) throw new PatternError('the pattern is too large');
  program.push(instruction);
  return instruction;
}

function emitTree(tree: PatternTree, program: Instruction[]): void {
  switch (tree.kind) {
    case 'character':
      emit(program, { op: 'character', test: tree.test });
      return;
    case 'assertion':
      emit(program, { op: 'assertion', assertion: tree.assertion });
      return;
    case 'sequence':
      for (const part of tree.parts) emitTree(part, program);
      return;
    case 'choice':
      emitChoice(tree.options, program);
      return;
    case 'repeat':
      emitRepeat(tree.part, tree.minimum, tree.maximum, program);
  }
}

function emitChoice(options: readonly PatternTree[], program: Instruction[]): void {
  const ends: { to: number }[] = [];
  options.forEach((option, index) => {
    if (index === options.length - 1) {
      emitTree(option, program);
      return;
    }
    const split = emit(program, { op: 'split', first: program.length + 1, second: 0 });
    emitTree(option, program);
    ends.push(emit(program, { op: 'jump', to: 0 }));
    split.second = program.length;
  });
  for (const end of ends) end.to = program.length;
}

function emitRepeat(part: PatternTree, minimum: number, maximum: number, program: Instruction[]): void {
  for (let count = 0; count < minimum; count += 1) emitTree(part, program);
  if (maximum === Number.POSITIVE_INFINITY) {
    const start = program.length;
    const split = emit(program, { op: 'split', first: start + 1, second: 0 });
    emitTree(part, program);
    emit(program, { op: 'jump', to: start });
    split.second = program.length;
    return;
  }
  const splits: { second: number }[] = [];
  for (let count = minimum; count < maximum; count += 1) {
    splits.push(emit(program, { op: 'split', first: program.length + 1, second: 0 }));
    emitTree(part, program);
  }
  for (const split of splits) split.second = program.length;
}
