import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Finding, type Manifest, type PolicyEngine, readManifests, tooLarge } from '@idp/core';

/** The Kubernetes objects of some files, read one file at a time, and what was found on the way. */
export class ReadFiles {
  readonly findings: Finding[] = [];
  /** Documents that are Kubernetes objects, so far. */
  objects = 0;
  /** Documents that are none. */
  others = 0;
  private readonly cwd: string;
  private readonly paths: readonly string[];

  constructor(cwd: string, paths: readonly string[]) {
    this.cwd = cwd;
    this.paths = paths;
  }

  /** Without the texts of files. What cannot be read is a finding; the others are read all the same. */
  *manifests(): Generator<Manifest> {
    for (const path of this.paths) {
      const bytes = bytesOrFinding(this.cwd, path);
      if (!(bytes instanceof Uint8Array)) {
        this.findings.push(bytes);
        continue;
      }
      const file = readManifests(path, bytes);
      this.findings.push(...file.findings);
      this.objects += file.manifests.length;
      this.others += file.others;
      yield* file.manifests;
    }
  }
}

type Beside = Exclude<PolicyEngine['needs']['beside'], 'all'>;

/**
 * The objects of some kinds, wherever they are in some files. A file that does not say the name of a kind has none of it, and is not
 * parsed.
 */
export function manifestsOfKinds(cwd: string, paths: readonly string[], kinds: Beside): readonly Manifest[] {
  if (kinds.length === 0) return [];
  const wanted = new Set(kinds.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
  return paths.flatMap((path) => {
    const bytes = bytesOrFinding(cwd, path);
    if (!Buffer.isBuffer(bytes)) return [];
    // With an escape a name can be written in another way.
    if (!bytes.includes('\\') && !kinds.some(({ kind }) => bytes.includes(kind))) return [];
    const { manifests } = readManifests(path, bytes);
    return manifests.filter(({ object }) => wanted.has(`${object['apiVersion']}/${object['kind']}`));
  });
}

/** The bytes of a file; `undefined` when it cannot be read. */
export function readBytes(cwd: string, path: string): Uint8Array | undefined {
  const bytes = bytesOrFinding(cwd, path);
  return bytes instanceof Uint8Array ? bytes : undefined;
}

function bytesOrFinding(cwd: string, path: string): Buffer | Finding {
  try {
    const absolute = resolve(cwd, path);
    return tooLarge(path, statSync(absolute).size) ?? readFileSync(absolute);
  } catch {
    const message = 'this file cannot be read';
    return { code: 'source/unreadable', severity: 'error', message, hint: 'look at your rights', path };
  }
}
