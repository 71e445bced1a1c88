import picomatch from 'picomatch';
import type { Capability } from '../capability/capability.ts';
import type { Finding } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import { build } from '../provenance/build.ts';
import { traceJson } from '../provenance/traced.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { UndefinedValue } from '../template/evaluate.ts';
import { renderText } from '../template/render-text.ts';
import { effectiveChanges } from './effective-changes.ts';
import type { FileChange } from './file-change.ts';
import type { Answers, ServiceOptions } from './service-request.ts';

/** A scaffolded file. `managed`: the platform owns every byte. `seeded`: written once, then the service's own. */
export interface ClassifiedFile extends FileChange {
  readonly class: 'managed' | 'seeded';
}

/** Renders the scaffold templates of a workload capability for a service, and sends their paths through the gate. */
export function scaffoldFiles(
  template: Capability,
  options: ServiceOptions,
  answers: Answers,
  snapshot: Snapshot,
): { readonly files: readonly ClassifiedFile[]; readonly findings: readonly Finding[] } {
  const origin = { kind: 'source' as const, source: template.source, pointer: [] };
  const parameters = template.document.spec.parameters?.['properties'] as
    | { readonly [key: string]: { readonly default?: Json } }
    | undefined;
  const defaults = Object.entries(parameters ?? {}).flatMap(([name, schema]) =>
    schema.default === undefined ? [] : [[name, schema.default] as const],
  );
  const context = build(
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
  const isManaged = picomatch([...(template.document.spec.scaffold?.managed ?? [])], { dot: true });
  const findings: Finding[] = [];
  const files = template.scaffold.flatMap((file): readonly ClassifiedFile[] => {
    try {
      const path = `services/${options.name}/${file.path}`;
      const managed = template.document.spec.scaffold?.managed !== undefined && isManaged(file.path);
      return [
        {
          path,
          content: renderText(file.template, context),
          class: managed ? 'managed' : 'seeded',
          ...(file.executable && { mode: '100755' as const }),
        },
      ];
    } catch (error) {
      if (!(error instanceof UndefinedValue)) throw error;
      findings.push({
        code: 'template/undefined-value',
        severity: 'error',
        message: error.message,
        hint: 'guard it with `{{#if …}}`',
        ...error.position,
      });
      return [];
    }
  });
  findings.push(
    ...files.flatMap(
      ({ path }) => effectiveChanges(snapshot, [`services/${options.name}`], [{ path, content: '' }]).findings,
    ),
  );
  return { files, findings };
}
