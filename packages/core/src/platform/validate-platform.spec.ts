import { expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import type { ExampleFiles } from '../finding/rule.ts';
import { ruleBook } from '../rules/rule-book.ts';
import { examplePlatform } from '../testing/example-platform.ts';
import { evaluatePlatform } from './evaluate-platform.ts';
import { loadPlatform } from './load-platform.ts';
import { validatePlatform } from './validate-platform.ts';

const both = (files: ExampleFiles) => {
  const platform = loadPlatform(examplePlatform(files));
  return { validated: validatePlatform(platform).findings, evaluated: evaluatePlatform(platform).findings };
};

/** Only an object, or a template that is evaluated, can show the others: `check` and `plan` find them. */
const foundWithoutRendering =
  /^(?!render|template|kubernetes)|^render\/(excluded-environment|image-not-pinned|output-value|secret-not-expressible)$|^template\/(bare-value|unknown-path)$/;

it.each(ruleBook.flatMap(({ code, examples }) => (examples === undefined ? [] : [[code, examples.fails] as const])))(
  'says of the example of %s what rendering says, but for objects',
  (_, files) => {
    const { validated, evaluated } = both(files);
    const said = ({ code }: Finding) => foundWithoutRendering.test(code);
    expect(validated.filter(said)).toEqual(evaluated.filter(said));
    expect(evaluated).toEqual(expect.arrayContaining([...validated]));
  },
);
