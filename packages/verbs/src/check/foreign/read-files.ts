import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Finding, type Manifest, readManifests, tooLarge } from '@idp/core';

export interface ReadFiles {
  readonly manifests: readonly Manifest[];
  /** Documents that are no Kubernetes objects. */
  readonly others: number;
  readonly findings: readonly Finding[];
}

/** The Kubernetes objects of some files, without their texts. What cannot be read is a finding; the others are read all the same. */
export function readFiles(cwd: string, paths: readonly string[]): ReadFiles {
  const manifests: Manifest[] = [];
  const findings: Finding[] = [];
  let others = 0;
  for (const path of paths) {
    const bytes = bytesOrFinding(cwd, path);
    if (!(bytes instanceof Uint8Array)) {
      findings.push(bytes);
      continue;
    }
    const file = readManifests(path, bytes);
    for (const manifest of file.manifests) manifests.push(manifest);
    findings.push(...file.findings);
    others += file.others;
  }
  return { manifests, others, findings };
}

/** The bytes of a file; `undefined` when it cannot be read. */
export function readBytes(cwd: string, path: string): Uint8Array | undefined {
  const bytes = bytesOrFinding(cwd, path);
  return bytes instanceof Uint8Array ? bytes : undefined;
}

function bytesOrFinding(cwd: string, path: string): Uint8Array | Finding {
  try {
    const absolute = resolve(cwd, path);
    return tooLarge(path, statSync(absolute).size) ?? readFileSync(absolute);
  } catch {
    const message = 'this file cannot be read';
    return { code: 'source/unreadable', severity: 'error', message, hint: 'look at your rights', path };
  }
}
