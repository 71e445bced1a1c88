import { type Parsed, parsed, refused } from '../parsed.ts';

/** A semantic version; numbers of up to 64 bits, as in blang/semver that Kubernetes uses. Build metadata does not count. */
export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: readonly (bigint | string)[];
}

const LONGEST = 1024;
const MAXIMUM = 2n ** 64n - 1n;
const IDENTIFIER = /^[0-9A-Za-z-]+$/;

/**
 * Parses a version strictly (semver.org), or tolerantly: without a leading `v` and leading zeros, and with the minor
 * and patch numbers that are missing as 0 (apiserver, pkg/cel/library/semverlib.go).
 */
export function parseVersion(text: string, options: { readonly normalize: boolean }): Parsed<Version> {
  if (text.length > LONGEST) return refused(`a version has more than ${LONGEST} characters`);
  const quoted = JSON.stringify(text);
  const normal = options.normalize ? normalized(text) : text;
  if (normal === undefined) return refused(`${quoted}: a short version cannot have a prerelease or build metadata`);
  const [majorText, minorText, rest] = splitAtDots(normal);
  if (majorText === undefined || minorText === undefined || rest === undefined) {
    return refused(`${quoted} is not a semantic version: it is not major.minor.patch`);
  }
  const [beforeBuild, build] = cut(rest, '+');
  const [patchText, prereleaseText] = cut(beforeBuild, '-');
  const [major, minor, patch] = [majorText, minorText, patchText].map(numberOf);
  if (major === undefined || minor === undefined || patch === undefined) {
    return refused(`${quoted} is not a semantic version: major, minor and patch are numbers without leading zeros`);
  }
  if (build !== undefined && !build.split('.').every((part) => IDENTIFIER.test(part))) {
    return refused(
      `${quoted} is not a semantic version: its build metadata has other characters than 0-9, A-Z, a-z, -`,
    );
  }
  const prerelease = prereleaseText === undefined ? [] : prereleaseText.split('.').map(identifierOf);
  if (!prerelease.every((part) => part !== undefined)) {
    return refused(`${quoted} is not a semantic version: ${JSON.stringify(prereleaseText)} is not a prerelease`);
  }
  return parsed({ major, minor, patch, prerelease });
}

/** Precedence as semver.org, section 11, defines it: -1, 0 or 1. */
export function compareVersions(a: Version, b: Version): -1 | 0 | 1 {
  const numbers = compare(a.major, b.major) || compare(a.minor, b.minor) || compare(a.patch, b.patch);
  if (numbers !== 0) return numbers;
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return compare(b.prerelease.length, a.prerelease.length);
  for (const [index, part] of a.prerelease.entries()) {
    const other = b.prerelease[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(part, other);
    if (order !== 0) return order;
  }
  return compare(a.prerelease.length, b.prerelease.length);
}

function compareIdentifiers(a: bigint | string, b: bigint | string): -1 | 0 | 1 {
  if (typeof a === 'bigint') return typeof b === 'bigint' ? compare(a, b) : -1;
  return typeof b === 'bigint' ? 1 : compare(a, b);
}

function compare<T extends bigint | number | string>(a: T, b: T): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function normalized(text: string): string | undefined {
  const parts: string[] = splitAtDots(text.startsWith('v') ? text.slice(1) : text).map(withoutLeadingZeros);
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? '')) return undefined;
  while (parts.length < 3) parts.push('0');
  return parts.join('.');
}

function withoutLeadingZeros(part: string): string {
  if (part.length < 2) return part;
  const trimmed = part.replace(/^0+/, '');
  return /^\d/.test(trimmed) ? trimmed : `0${trimmed}`;
}

/** At the first two dots only: what follows the second is one part. */
function splitAtDots(text: string): string[] {
  const first = text.indexOf('.');
  const second = first < 0 ? -1 : text.indexOf('.', first + 1);
  if (first < 0) return [text];
  if (second < 0) return [text.slice(0, first), text.slice(first + 1)];
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

function cut(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function numberOf(text: string): bigint | undefined {
  if (!/^(?:0|[1-9]\d*)$/.test(text)) return undefined;
  const value = BigInt(text);
  return value <= MAXIMUM ? value : undefined;
}

function identifierOf(text: string): bigint | string | undefined {
  if (/^\d+$/.test(text)) return numberOf(text);
  return IDENTIFIER.test(text) ? text : undefined;
}
