import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { temporaryFolder } from './platform-repository.ts';

const entry = `
  import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';

  export async function lint(name, content) {
    const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
    const errors = context.errors.getErrors().map((error) => error.message);
    if (value === undefined) return errors.length > 0 ? errors : ['it is empty'];
    const { errors: more = [] } = await convertWorkflowTemplate(context, value);
    return [...new Set([...errors, ...more.map((error) => error.Message)])];
  }
`;

/**
 * What GitHub's own parser of workflows says of one: unknown keys, wrong types, expressions that do not exist there.
 * Its package imports JSON without the attribute that Node asks for, so it is bundled first.
 */
export async function lintWorkflow(name: string, text: string): Promise<readonly string[]> {
  const outfile = join(await temporaryFolder(), 'lint.mjs');
  const stdin = { contents: entry, resolveDir: import.meta.dirname };
  await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  const { lint } = await import(/* @vite-ignore */ pathToFileURL(outfile).href);
  return lint(name, text);
}
