import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Pointer } from '../json/pointer.ts';
import { child, sortedEntries, type Traced } from '../provenance/traced.ts';
import { isPortName } from '../render/version-2/ports.ts';
import { placeIn } from '../workload/score-findings.ts';
import type { Workload } from '../workload/workload.ts';
import { scoresOf } from './declared-resources.ts';

interface Newer {
  readonly pointer: Pointer;
  readonly what: string;
}

/**
 * What a Score file says that the renderer of its lock does not render: version 1 would leave it out, or make of it
 * what Kubernetes refuses.
 *
 * @returns the finding `resolve/renderer-too-old`, about the first such field
 */
export function newerThanRenderer(workload: Workload, renderer: string): Finding | undefined {
  if (renderer !== '1') return undefined;
  for (const score of scoresOf(workload)) {
    const [newer] = beyondVersion1(score);
    if (newer === undefined) continue;
    return {
      code: 'resolve/renderer-too-old',
      severity: 'error',
      message: `${newer.what} is rendered from version 2 on, and the lock of ${workload.service} names renderer ${renderer}`,
      hint: `\`npx idp lock ${workload.service}\` moves it on; \`npx idp plan\` shows what that changes`,
      ...placeIn(score, newer.pointer, 'key'),
    };
  }
  return undefined;
}

function beyondVersion1(score: Traced): readonly Newer[] {
  const containers = sortedEntries(child(score, 'containers')).flatMap(([name, container]) =>
    ['files', 'volumes', 'before']
      .filter((field) => child(container, field) !== undefined)
      .map((field) => ({ pointer: ['containers', name, field], what: `\`${field}\` of a container` })),
  );
  const ports = sortedEntries(child(child(score, 'service'), 'ports'))
    .filter(([name]) => !isPortName(name))
    .map(([name]) => ({ pointer: ['service', 'ports', name], what: `a port called ${quote(name)}` }));
  return [...containers, ...ports];
}
