import { library } from '../../function-declaration.ts';
import { opaqueType } from '../../type.ts';
import { CelError, CelOpaque } from '../../value.ts';
import { compareVersions, parseVersion, type Version } from './version.ts';

const SEMVER = opaqueType('kubernetes.Semver');

/** A semantic version as a value of CEL; build metadata does not tell versions apart. */
export class CelSemver extends CelOpaque {
  readonly type = SEMVER;
  readonly version: Version;

  constructor(version: Version) {
    super();
    this.version = version;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof CelSemver && compareVersions(this.version, other.version) === 0;
  }
}

function semver(text: string, normalize: boolean): CelSemver | CelError {
  const result = parseVersion(text, { normalize });
  return result.kind === 'parsed' ? new CelSemver(result.value) : new CelError(result.reason);
}

/** Kubernetes' library of semantic versions (apiserver, pkg/cel/library/semverlib.go). */
export const semverLibrary = library('kubernetes.Semver', {
  types: { Semver: { type: SEMVER, class: CelSemver } },
  functions: {
    'semver(string): Semver': (text) => semver(text, false),
    'semver(string, bool): Semver': semver,
    'isSemver(string): bool': (text) => parseVersion(text, { normalize: false }).kind === 'parsed',
    'isSemver(string, bool): bool': (text, normalize) => parseVersion(text, { normalize }).kind === 'parsed',
    'Semver.isGreaterThan(Semver): bool': (a, b) => compareVersions(a.version, b.version) > 0,
    'Semver.isLessThan(Semver): bool': (a, b) => compareVersions(a.version, b.version) < 0,
    'Semver.compareTo(Semver): int': (a, b) => BigInt(compareVersions(a.version, b.version)),
    'Semver.major(): int': (semver) => BigInt.asIntN(64, semver.version.major),
    'Semver.minor(): int': (semver) => BigInt.asIntN(64, semver.version.minor),
    'Semver.patch(): int': (semver) => BigInt.asIntN(64, semver.version.patch),
  },
});
