import picomatch from 'picomatch';
import type { Capability } from '../capability/capability.ts';
import type { Finding } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import { build } from '../provenance/build.ts';
import { traceJson } from '../provenance/traced.ts';
import { EvaluationError } from '../template/evaluation-error.ts';
import { renderText } from '../template/render-text.ts';
import type { FileChange } from './file-change.ts';
import type { Answers, ServiceOptions } from './service-request.ts';

/** A scaffolded file. `managed`: the platform owns every byte. `seeded`: written once, then the service's own. */
export interface ClassifiedFile extends FileChange {
  readonly content: string;
  readonly class: 'managed' | 'seeded';
}

/**
 * Renders the scaffold templates of a workload capability for a service: the same answers give the same bytes.
 *
 * @param wanted which files, by their paths inside the service's folder and their class
 */
export function renderScaffold(
  template: Capability,
  options: ServiceOptions,
  answers: Answers,
  wanted: (path: string, kind: ClassifiedFile['class']) => boolean = () => true,
): { readonly files: readonly ClassifiedFile[]; readonly findings: readonly Finding[] } {
  const context = contextOf(template, options, answers);
  const isManaged = managedBy(template);
  const findings: Finding[] = [];
  const files = template.scaffold.flatMap((file): readonly ClassifiedFile[] => {
    const kind = isManaged(file.path) ? 'managed' : 'seeded';
    if (!wanted(file.path, kind)) return [];
    try {
      return [
        {
          path: `services/${options.name}/${file.path}`,
          content: renderText(file.template, context),
          class: kind,
          ...(file.executable && { mode: '100755' as const }),
        },
      ];
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      findings.push({
        code: error.code,
        severity: 'error',
        message: error.message,
        hint: error.hint ?? 'guard it with `{{#if …}}`',
        ...error.position,
      });
      return [];
    }
  });
  return { files, findings };
}

function contextOf(template: Capability, options: ServiceOptions, answers: Answers) {
  const origin = { kind: 'source' as const, source: template.source, pointer: [] };
  const parameters = template.document.spec.parameters?.['properties'] as
    | { readonly [key: string]: { readonly default?: Json } }
    | undefined;
  const defaults = Object.entries(parameters ?? {}).flatMap(([name, schema]) =>
    schema.default === undefined ? [] : [[name, schema.default] as const],
  );
  return build(
    {
      service: {
        name: options.name,
        title: options.title ?? options.name,
        namespace: options.name,
        description: options.description,
        owner: String(answers['owner']),
        system: options.system === undefined ? undefined : String(answers['system']),
        lifecycle: options.lifecycle,
      },
      params: traceJson(Object.fromEntries(defaults), () => origin),
    },
    origin,
  );
}

const matchers = new WeakMap<Capability, (path: string) => boolean>();

/** One matcher a capability: every service of it asks. */
function managedBy(template: Capability): (path: string) => boolean {
  const known = matchers.get(template);
  if (known !== undefined) return known;
  const globs = template.document.spec.scaffold?.managed;
  const matcher = globs === undefined ? () => false : picomatch([...globs], { dot: true, noextglob: true });
  matchers.set(template, matcher);
  return matcher;
}
