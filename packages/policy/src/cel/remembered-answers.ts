import type { Regex } from './regex.ts';

/** Characters of texts whose answers are kept at a time, for each question. */
const MAXIMUM_CHARACTERS = 1_000_000;

/**
 * The same question about a text, answered once: an object says in each environment and target nearly what it says in the
 * others. Steps are charged by whoever asks, so that an answer costs the same each time.
 *
 * @param answer depends on the pattern and the text alone
 */
export function rememberedAnswers<T>(answer: (regex: Regex, text: string) => T): (regex: Regex, text: string) => T {
  let known = new Map<Regex, Map<string, T>>();
  let characters = 0;
  return (regex, text) => {
    const texts = known.get(regex) ?? new Map<string, T>();
    const before = texts.get(text);
    if (before !== undefined) return before;
    const given = answer(regex, text);
    if (characters + text.length > MAXIMUM_CHARACTERS) {
      known = new Map();
      characters = 0;
      texts.clear();
    }
    characters += text.length + 1;
    known.set(regex, texts.set(text, given));
    return given;
  };
}
