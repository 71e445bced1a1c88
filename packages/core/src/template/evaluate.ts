import type { Traced } from '../provenance/traced.ts';
import { compiledTemplate } from './compile-template.ts';
import type { Segment } from './segment.ts';
import type { Template } from './template.ts';
import { Frame, TemplateRun } from './template-run.ts';

/**
 * Evaluates a checked template: all that it prints, with places.
 *
 * @throws EvaluationError when the template prints what does not exist, takes too many steps or prints too much
 */
export function evaluate(template: Template, context: Traced): readonly Segment[] {
  const segments: Segment[] = [];
  const run = new TemplateRun(template, context, segments);
  compiledTemplate(template).execute(new Frame(context), run);
  return segments;
}

/**
 * The values alone that a checked template prints, and the way that it took: who has evaluated it on that way before
 * knows the text around them.
 *
 * @throws EvaluationError as `evaluate` does
 */
export function evaluateValues(template: Template, context: Traced): Pick<TemplateRun, 'values' | 'way'> {
  const run = new TemplateRun(template, context);
  compiledTemplate(template).execute(new Frame(context), run);
  return run;
}
