import { encodeText } from '../digest/text.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Names that Windows cannot hold, and that git keeps for itself. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|\.git|git~[0-9]+)(\..*)?$/i;
/** Whether a file or folder of this name is refused by the path gate, because some system has it for itself. */
export function isReservedName(name: string): boolean {
  return reserved.test(name);
}

/** In bytes: what file systems count in. */
const maxSegment = 255;
const maxPath = 1000;

/**
 * The path gate: the one place that every write passes (design, section 11). Refuses what leaves the folder
 * that was granted, what some file system cannot hold or reads as another name, and what a symbolic link
 * would lead elsewhere.
 *
 * @param granted folders or files, without a slash at the end; `''` is the whole repository
 * @param snapshots of what the path must not collide with
 */
export function gatePath(
  path: string,
  granted: readonly string[],
  ...snapshots: readonly Snapshot[]
): Finding | undefined {
  const lexical = lexicalReason(path) ?? outside(path, granted);
  if (lexical !== undefined) return notWritten(path, lexical);
  const prefixes = prefixesOf(path);
  for (const snapshot of snapshots) {
    const blocked = obstacle(prefixes, snapshot);
    if (blocked !== undefined) return blocked;
    const reason = collision(path, prefixes, snapshot);
    if (reason !== undefined) return notWritten(path, reason);
  }
  return undefined;
}

function notWritten(path: string, reason: string): Finding {
  return {
    code: 'write/refused-path',
    severity: 'error',
    message: `${quote(path)} is not written: ${reason}`,
    hint: 'use a relative path of plain names inside the folder that the generator was given',
  };
}

/** The folders on the way to a path, and the path. */
function prefixesOf(path: string): readonly string[] {
  const prefixes: string[] = [];
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) prefixes.push(path.slice(0, end));
  prefixes.push(path);
  return prefixes;
}

function lexicalReason(path: string): string | undefined {
  if (path === '' || isLonger(path, maxPath)) return 'it is empty or too long';
  if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:/.test(path)) return 'it is an absolute path';
  if (path.includes('\\')) return 'it has a backslash';
  if (!printableAscii.test(path)) {
    const reason = unseenReason(path);
    if (reason !== undefined) return reason;
  }
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') return 'it has an empty part';
    if (segment === '..') return 'it leaves its folder by `..`';
    if (isLonger(segment, maxSegment)) return 'a name in it is too long';
    if (isReservedName(segment)) return `${quote(segment)} is a reserved name`;
    if (/[<>:"|?*]/.test(segment) || /[ .]$/.test(segment))
      return `${quote(segment)} is a name that some systems cannot hold`;
  }
  return undefined;
}

/** Nearly every path: nothing in it is unseen, and it has one form. */
const printableAscii = /^[ -~]*$/;

function unseenReason(path: string): string | undefined {
  // Also what is not seen: some file systems leave it out of a name, so that `.g<U+200C>it` is `.git` to them.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(path)) return 'it has a control character';
  return path.normalize('NFC') === path ? undefined : 'its characters are not in normal form C';
}

/** In UTF-8, in which a character of UTF-16 has at most three bytes. */
function isLonger(text: string, bytes: number): boolean {
  return text.length * 3 > bytes && encodeText(text).length > bytes;
}

function outside(path: string, granted: readonly string[]): string | undefined {
  const inside = granted.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`));
  return inside ? undefined : `it is outside of ${granted.map(quote).join(' and ')}`;
}

/** What is in the way: one finding for all files that would go through it. */
function obstacle(prefixes: readonly string[], snapshot: Snapshot): Finding | undefined {
  for (const prefix of prefixes) {
    const mode = snapshot.entry(prefix)?.mode;
    if (mode === undefined) continue;
    if (mode === '120000') return refusedPlace(prefix, 'a symbolic link');
    if (mode === '160000') return refusedPlace(prefix, 'another repository');
    if (prefix !== prefixes.at(-1)) return refusedPlace(prefix, 'a file, not a folder');
  }
  return undefined;
}

const mends: Readonly<Record<string, string>> = {
  'a symbolic link': 'replace the link by what it leads to',
  'not yours to write': 'look at its rights, and at whose it is',
};

/** A place on the way of a write that is not what it has to be; `what` it is instead. */
export function refusedPlace(path: string, what: string): Finding {
  return {
    code: 'write/refused-path',
    severity: 'error',
    message: `nothing was written: ${quote(path)} is ${what}`,
    hint: mends[what] ?? 'move it out of the way',
    path,
  };
}

const foldedNames = new WeakMap<Snapshot, ReadonlyMap<string, string>>();

/** Another name that a file system without case takes for the same. */
function collision(path: string, prefixes: readonly string[], snapshot: Snapshot): string | undefined {
  let folded = foldedNames.get(snapshot);
  if (folded === undefined) {
    folded = foldedNamesOf(snapshot);
    foldedNames.set(snapshot, folded);
  }
  for (const prefix of prefixes) {
    const other = folded.get(foldCase(prefix));
    if (other !== undefined && other !== prefix) return `it differs from ${quote(other)} only in case`;
  }
  return folded.has(foldCase(path)) && snapshot.entry(path) === undefined ? 'it is a folder' : undefined;
}

function foldedNamesOf(snapshot: Snapshot): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  let folder = '';
  for (const { path } of snapshot.list()) {
    const own = path.slice(0, path.lastIndexOf('/') + 1);
    // The folders on the way to a file's neighbour are there already.
    for (const prefix of own === folder ? [path] : prefixesOf(path)) names.set(foldCase(prefix), prefix);
    folder = own;
  }
  return names;
}

/** Nothing to fold, as nearly every name of ours. */
const folded = /^[a-z0-9./_-]*$/;

/** Names that are equal after this are one name on some file system: `ſ` is an `s`, `é` may be two characters. */
export function foldCase(path: string): string {
  return folded.test(path) ? path : path.normalize('NFC').toUpperCase().toLowerCase();
}
