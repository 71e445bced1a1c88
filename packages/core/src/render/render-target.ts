import { type Finding, hasErrors } from '../finding/finding.ts';
import { checkObjects } from '../kubernetes/check-objects.ts';
import { applyPatches } from './apply-patches.ts';
import { capabilityObjects, type MadeObject } from './capability-objects.ts';
import { convert } from './conversion.ts';
import { ownedObjects } from './owned-objects.ts';
import type { RenderedObject } from './rendered-tree.ts';
import { memoOf } from './service-memo.ts';
import type { TargetInput } from './target-instance.ts';
import { TargetInstances } from './target-instances.ts';

/** Renders one service for one target: workload by conversion, objects of capabilities, then patches; then checks what came of it. */
export function renderTarget(input: TargetInput): {
  readonly objects: readonly RenderedObject[];
  readonly findings: readonly Finding[];
} {
  const { resolution, environment } = input;
  const memo = memoOf(resolution);
  const instances = new TargetInstances(input);
  const converted = convert({
    resolution,
    environment: environment.name,
    score: instances.score,
    lookup: instances.lookup,
    builtImage: instances.builtImage,
    volume: instances.volume,
  });
  const objects: MadeObject[] = converted.objects.map((node) => ({ node, by: undefined }));
  const uses = instances.usesHere();
  const made: Finding[] = [...converted.findings];
  for (const use of uses) {
    const instance = instances.instance(use);
    const { objects: own, findings } = capabilityObjects(use, instance.context, memo.of(use));
    if (!instance.unresolved) made.push(...findings);
    objects.push(...own);
  }
  const owned = ownedObjects(objects, resolution, instances.target, input.platform.settings.grants);
  const patched = applyPatches(
    owned.objects,
    uses.map((use) => ({ use, context: instances.instance(use).context })),
    instances.target,
    memo,
  );
  const findings = [...instances.findings, ...made, ...owned.findings, ...patched.findings];
  // What came of a wrong parameter is wrong too, and says nothing new.
  if (hasErrors(findings)) return { objects: patched.objects, findings };
  const checked = checkObjects(patched.objects, input.platform.types, {
    service: resolution.service,
    environment: environment.name,
  });
  return { objects: patched.objects, findings: [...findings, ...checked] };
}
