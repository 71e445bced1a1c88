import { versioned } from '../capability/capability.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { positionOf } from '../provenance/origin.ts';
import { child, isMap, stringIn, type Traced } from '../provenance/traced.ts';
import type { Use } from '../resolve/resolution.ts';
import { renderYaml } from '../template/render-yaml.ts';
import { listPart, listProblem } from './list-object.ts';
import { identify } from './manifest-path.ts';
import { PatchConflicts } from './patch-conflicts.ts';
import type { PatchMemo } from './patch-memo.ts';
import { RenderedObject } from './rendered-tree.ts';
import type { ServiceMemo } from './service-memo.ts';
import { patchProblem, strategicMerge } from './strategic-merge.ts';

interface Patching {
  readonly use: Use;
  readonly context: Traced;
}

/**
 * Applies the patches of all instances, in the order of their paths. A patch whose target is missing is an
 * error, never a no-op; a patch cannot move an object to another name.
 */
export function applyPatches(
  objects: readonly RenderedObject[],
  patchings: readonly Patching[],
  target: string,
  memo: ServiceMemo,
): { readonly objects: readonly RenderedObject[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const conflicts = new PatchConflicts();
  let current = objects;
  for (const { use, context } of [...patchings].sort((a, b) => (a.use.path < b.use.path ? -1 : 1))) {
    for (const template of use.capability.patches) {
      const rendered = renderYaml(template, context, versioned(use.capability), memo.of(use).documents);
      findings.push(...rendered.findings);
      for (const document of rendered.documents) {
        const applied = applyPatch(current, document, target, memo.patches);
        if ('code' in applied) findings.push(applied);
        else {
          current = applied.objects;
          findings.push(...conflicts.add(applied.target, use, applied.patch));
        }
      }
    }
  }
  return { objects: current, findings };
}

interface Applied {
  readonly objects: readonly RenderedObject[];
  readonly target: RenderedObject;
  readonly patch: Traced;
}

function applyPatch(
  objects: readonly RenderedObject[],
  document: Traced,
  to: string,
  memo: PatchMemo,
): Applied | Finding {
  const refuse = (code: string, message: string, hint: string, at: Traced = document): Finding => ({
    code: `render/${code}`,
    severity: 'error',
    message,
    hint,
    ...positionOf(at.origin),
  });
  const target = child(document, 'target');
  const patch = child(document, 'patch');
  const kind = stringIn(child(target, 'kind'));
  const name = stringIn(child(target, 'name'));
  if (target === undefined || kind === undefined || name === undefined || !isMap(patch)) {
    return refuse(
      'invalid-patch',
      'a patch has `target: {group, kind, name}` and `patch`',
      'for example `target: {group: apps, kind: Deployment, name: {{yaml service.name}}}`',
    );
  }
  const group = stringIn(child(target, 'group')) ?? '';
  const index = objects.findIndex((object) => object.group === group && object.kind === kind && object.name === name);
  const object = objects[index];
  const known = object && memo.of(document, object.owned);
  if (object !== undefined && known !== undefined)
    return { objects: objects.with(index, new RenderedObject(known, to)), target: object, patch };
  const problem = patchProblem(patch);
  if (problem !== undefined)
    return refuse('invalid-patch', problem.message, 'use maps, lists with keys, `null` and `$patch`', problem.at);
  if (object === undefined) {
    const there = objects.map((candidate) => `${candidate.kind} ${candidate.name}`).join(', ');
    return refuse(
      'patch-without-target',
      `there is no ${group === '' ? '' : `${group} `}${kind} ${quote(name)} to patch`,
      `the service has ${there}`,
      target,
    );
  }
  if (object.namespace === undefined) {
    // Its labels say which pods are let in, and by which policies the environment is judged.
    return refuse('invalid-patch', `${kind} ${quote(name)} is the platform's own`, 'patch what runs in it', target);
  }
  const node = strategicMerge(object.node, patch);
  const identity = identify(node);
  if (
    identity?.name !== object.name ||
    identity.kind !== object.kind ||
    identity.group !== object.group ||
    identity.namespace !== object.namespace
  ) {
    return refuse(
      'invalid-patch',
      'a patch cannot change what the object is',
      'leave `apiVersion`, `kind`, `metadata.name` and `metadata.namespace` as they are',
      patch,
    );
  }
  const list = listPart(node);
  if (list !== undefined) return refuse('list-object', listProblem.message, 'leave `items` out of the patch', list);
  const patched = object.owned.patched(node);
  memo.keep(document, object.owned, patched);
  return { objects: objects.with(index, new RenderedObject(patched, to)), target: object, patch };
}
