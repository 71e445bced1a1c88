/**
 * CEL alone, in CPU seconds: `node bench/cel.mjs [documents]` compiles 300 policies and evaluates 20 of them over each
 * document, beside `@marcbachmann/cel-js`. Verdicts are compared before anything is timed.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Environment } from '@marcbachmann/cel-js';
import { build } from 'esbuild';
import { deployment, EXPRESSIONS } from './cel-expressions.mjs';
import { cpuOf, median, table } from './measure.mjs';

const documents = Array.from({ length: Number(process.argv[2] ?? 10_000) }, (_, index) => deployment(index));
const folder = mkdtempSync(join(tmpdir(), 'bench-cel-'));
const { celValue, compile } = await engine(folder);
rmSync(folder, { recursive: true });

const environment = { variables: ['object'], records: new Map(), result: 'bool' };
const theirs = new Environment({ enableOptionalTypes: true }).registerVariable('object', 'dyn');

const oursOver = evaluator(EXPRESSIONS.map((expression) => compiled(expression)));
const theirsOver = evaluatorOfTheirs(EXPRESSIONS.map((expression) => theirs.parse(expression)));
const converted = documents.map(integers);
const [a, b] = [oursOver(documents), theirsOver(converted)];
if (a !== b) throw new Error(`the verdicts differ: ${a} and ${b} of ${documents.length * EXPRESSIONS.length} hold`);

const policies = Array.from({ length: 300 }, (_, index) =>
  EXPRESSIONS.slice(index % 16, (index % 16) + 4).map((expression) => `${expression} && '${index}' != ''`),
).flat();

const compileOurs = timed(() => policies.map(compiled));
const compileTheirs = timed(() => policies.map((expression) => theirs.parse(expression).check()));
const evaluateOurs = timed(() => oursOver(documents));
const evaluateTheirs = timed(() => theirsOver(converted));
const rows = [
  ['compile and check 300 policies', compileOurs, compileTheirs],
  [`evaluate ${EXPRESSIONS.length} policies over ${documents.length} documents`, evaluateOurs, evaluateTheirs],
].map(([what, ...seconds]) => [what, ...seconds.map((value) => value.toFixed(2))]);
process.stdout.write(`${documents.length * EXPRESSIONS.length} verdicts, ${a} hold; ${policies.length} expressions\n`);
process.stdout.write(`${table(['CPU seconds', 'ours', 'cel-js'], rows)}\n`);

function timed(work) {
  return median([1, 2, 3].map(() => cpuOf(work).cpu));
}

function compiled(expression) {
  const compilation = compile(expression, environment);
  if (compilation.kind === 'error') throw new Error(`${expression}: ${compilation.message}`);
  return compilation.program;
}

function evaluator(programs) {
  return (all) => {
    let holds = 0;
    for (const document of all) {
      const input = celValue(document);
      const activation = (name) => (name === 'object' ? input : undefined);
      for (const program of programs) {
        const evaluation = program.evaluate(activation, { remaining: 1_000_000 });
        if (evaluation.kind === 'value' && evaluation.content === true) holds += 1;
      }
    }
    return holds;
  };
}

function evaluatorOfTheirs(programs) {
  return (all) => {
    let holds = 0;
    for (const object of all) for (const program of programs) if (holdsOf(program, object)) holds += 1;
    return holds;
  };
}

function holdsOf(program, object) {
  try {
    return program({ object }) === true;
  } catch {
    return false;
  }
}

/** Their integers are bigints; converting is not counted against them. */
function integers(value) {
  if (typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map(integers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, integers(inner)]));
}

async function engine(target) {
  const outfile = join(target, 'cel.mjs');
  await build({
    stdin: {
      contents: "export { compile } from './src/cel/compile.ts'; export { celValue } from './src/cel/cel-input.ts';",
      resolveDir: resolve(import.meta.dirname, '../packages/policy'),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  return import(pathToFileURL(outfile).href);
}
