import { isBase64 } from '../digest/base64.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import { positionOf } from '../provenance/origin.ts';
import { child, sortedEntries, stringIn, type Traced } from '../provenance/traced.ts';
import { orderFindings } from './container-order.ts';
import { type Mount, mountsOf } from './mounts.ts';

/** What the schema of a Score document cannot say of its containers. */
export function containerFindings(score: Traced): readonly Finding[] {
  const containers = sortedEntries(child(score, 'containers'));
  return [
    ...containers.flatMap(([, container]) => [
      ...mountsOf(container, 'files').flatMap(({ node }) => fileFindings(node)),
      ...mountPathFindings([...mountsOf(container, 'files'), ...mountsOf(container, 'volumes')]),
    ]),
    ...orderFindings(containers),
  ];
}

const contents = ['content', 'source', 'binaryContent'];

function fileFindings(file: Traced): readonly Finding[] {
  const said = contents.filter((field) => child(file, field) !== undefined);
  if (said.length !== 1) {
    const message = said.length === 0 ? 'nothing says what is in the file' : `${said.join(' and ')} exclude each other`;
    const hint = 'a file has one of `content`, `source` and `binaryContent`';
    return [{ code: 'workload/file-content', severity: 'error', message, hint, ...positionOf(file.origin) }];
  }
  const binary = child(file, 'binaryContent');
  if (binary === undefined || isBase64(stringIn(binary) ?? '')) return [];
  const message = 'this is not base64';
  const hint = 'for example `base64 -w0 <file>`; text is written as `content`';
  return [{ code: 'workload/file-content', severity: 'error', message, hint, ...positionOf(binary.origin) }];
}

/** Two mounts at one place hide each other, and Kubernetes refuses them. */
function mountPathFindings(mounts: readonly Mount[]): readonly Finding[] {
  const seen = new Set<string>();
  return mounts.flatMap(({ target, node }): readonly Finding[] => {
    const path = target.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');
    const problem = mountPathProblem(path) ?? (seen.has(path) ? 'something else is mounted there' : undefined);
    seen.add(path);
    if (problem === undefined) return [];
    const message = `${quote(target)} cannot be mounted: ${problem}`;
    const hint = 'a target is an absolute path in the container, once each: `/etc/app/config.yaml`';
    return [{ code: 'workload/mount-path', severity: 'error', message, hint, ...positionOf(node.origin) }];
  });
}

function mountPathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return 'it is not absolute';
  if (path === '/') return 'it is the root of the file system';
  if (path.includes(':')) return 'it has a colon';
  if (/[\p{Cc}\p{Cf}]/u.test(path)) return 'it has a control character';
  return path.split('/').includes('..') ? 'it has `..`' : undefined;
}
