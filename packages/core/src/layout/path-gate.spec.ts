import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalSnapshot } from '../snapshot/literal-snapshot.ts';
import { gatePath } from './path-gate.ts';

const snapshot = literalSnapshot({
  'services/checkout/score.yaml': '',
  'services/checkout/src/Main.ts': '',
  'services/checkout/cafe\u0301.md': '',
  'services/checkout/link': { mode: '120000', content: '/etc' },
  'services/checkout/vendored': { mode: '160000', content: '' },
  'services/checkout/file': '',
});
const gate = (path: string, granted: readonly string[] = ['services/checkout']) =>
  gatePath(path, granted, snapshot)?.message;

describe('the path gate refuses', () => {
  it.each([
    ['nothing', '', /empty/],
    ['the root', '/etc/passwd', /absolute/],
    ['a home', '~/x', /absolute/],
    ['a drive', 'C:/x', /absolute/],
    ['a drive without a slash', 'C:x', /absolute/],
    ['a share', '\\\\host\\x', /backslash/],
    ['a backslash', 'services\\checkout\\x', /backslash/],
    ['a way out', 'services/checkout/../../x', /`\.\.`/],
    ['a way out and back', 'services/checkout/../checkout/x', /`\.\.`/],
    ['a dot', 'services/checkout/./x', /empty part/],
    ['two slashes', 'services/checkout//x', /empty part/],
    ['a slash at the end', 'services/checkout/x/', /empty part/],
    ['a zero byte', 'services/checkout/x\u0000.ts', /control/],
    ['a line feed', 'services/checkout/x\ny', /control/],
    ['a tab', 'services/checkout/x\ty', /control/],
    ['an escape', 'services/checkout/\u001b[2J', /control/],
    ['a delete', 'services/checkout/x\u007f', /control/],
    ['a right-to-left override', 'services/checkout/x\u202etxt.exe', /control/],
    ['an isolate', 'services/checkout/\u2066x', /control/],
    ['a zero-width joiner', 'services/checkout/.g\u200dit/config', /control/],
    ['an inhibited symmetric swap, which HFS+ leaves out', 'services/checkout/.g\u206ait/config', /control/],
    ['a soft hyphen', 'services/checkout/x\u00ady', /control/],
    ['a line separator', 'services/checkout/x\u2028y', /control/],
    ['a byte order mark', 'services/checkout/\ufeffx', /control/],
    ['half a character', 'services/checkout/\ud800', /control/],
    ['normal form D', 'services/checkout/e\u0301', /normal form C/],
    ['the Kelvin sign, which is a K', 'services/checkout/\u212a', /normal form C/],
    ['.git', 'services/checkout/.git/config', /reserved/],
    ['.GIT', 'services/checkout/.GIT', /reserved/],
    ['.git with a dot', 'services/checkout/.git.', /reserved|cannot hold/],
    ['.git with a space', 'services/checkout/.git /x', /cannot hold/],
    ['.git as a stream', 'services/checkout/.git::$INDEX_ALLOCATION/x', /cannot hold/],
    ['the short name of .git', 'services/checkout/GIT~1/config', /reserved/],
    ['a device', 'services/checkout/con', /reserved/],
    ['a device with an ending', 'services/checkout/NUL.txt', /reserved/],
    ['a port', 'services/checkout/com1', /reserved/],
    ['a port in superscript', 'services/checkout/lpt\u00b9', /reserved|normal form/],
    ['a dot at the end', 'services/checkout/x.', /cannot hold/],
    ['a space at the end', 'services/checkout/x ', /cannot hold/],
    ['a colon', 'services/checkout/x:y', /cannot hold/],
    ['a wildcard', 'services/checkout/*', /cannot hold/],
    ['a name of 256 bytes', `services/checkout/${'é'.repeat(128)}`, /too long/],
    ['a path of 1,001 bytes', `services/checkout/${'abcdefghi/'.repeat(100)}x`, /too long/],
    ['another folder', 'services/payments/x', /outside of "services\/checkout"/],
    ['a folder with the same beginning', 'services/checkout-evil/x', /outside/],
    ['the folder above', 'services', /outside/],
    ['the grant in other case', 'Services/checkout/x', /outside/],
    ['a link', 'services/checkout/link', /symbolic link/],
    ['what is behind a link', 'services/checkout/link/passwd', /"services\/checkout\/link" is a symbolic link/],
    ['what is inside another repository', 'services/checkout/vendored/x', /another repository/],
    ['what is below a file', 'services/checkout/file/x', /a file, not a folder/],
    ['a folder', 'services/checkout/src', /it is a folder/],
    ['the grant itself where it is a folder', 'services/checkout', /it is a folder/],
    [
      'a file in other case',
      'services/checkout/SCORE.yaml',
      /differs from "services\/checkout\/score.yaml" only in case/,
    ],
    ['a folder in other case', 'services/checkout/SRC/x.ts', /differs from "services\/checkout\/src" only in case/],
    ['a long s for an s', 'services/checkout/\u017fcore.yaml', /only in case/],
    ['the composed form of a file that is decomposed', 'services/checkout/caf\u00e9.md', /only in case/],
  ])('%s', (_, path, reason) => {
    expect(gate(path)).toMatch(reason);
  });

  it('everything when nothing is granted', () => {
    expect(gatePath('x', [], snapshot)).toMatchObject({ code: 'write/refused-path', severity: 'error' });
  });

  it('says what was refused without printing it raw', () => {
    expect(gate('services/checkout/\u001b[2J')).not.toMatch(/\p{Cc}/u);
  });
});

describe('the path gate lets through', () => {
  it.each([
    'services/checkout/score.yaml',
    'services/checkout/new/deep/file.ts',
    'services/checkout/.idp/lock.yaml',
    'services/checkout/.gitignore',
    'services/checkout/.github/x.yml',
    'services/checkout/src/Main.ts',
    'services/checkout/src/main.test.ts',
    'services/checkout/Größe 1 (neu) + ~x,@2%.md',
    'services/checkout/console.ts',
    'services/checkout/com10',
    'services/checkout/日本.md',
    'services/checkout/..x',
    `services/checkout/${'x'.repeat(255)}`,
  ])('%s', (path) => {
    expect(gate(path)).toBeUndefined();
  });

  it('a granted file, and anything for the grant of the whole repository', () => {
    expect(gatePath('idp.yaml', ['services/x', 'idp.yaml'], snapshot)).toBeUndefined();
    expect(gatePath('idp.yaml/x', [''], snapshot)).toBeUndefined();
    expect(gatePath('../x', [''], snapshot)).toBeDefined();
  });

  it('only what stays inside of the grant, whatever the text', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '', 'a', 'B', '\\', '/', '~', 'C:', '.git', '%2e%2e'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const path = `g/${parts.join('/')}`;
        if (gatePath(path, ['g'], literalSnapshot({})) !== undefined) return;
        expect(new URL(`file:///root/${path.split('/').map(encodeURIComponent).join('/')}`).pathname).toMatch(
          /^\/root\/g\/./,
        );
        expect(path).not.toMatch(/(^|\/)\.{0,2}(\/|$)|\\/);
      }),
      { numRuns: 2000 },
    );
  });
});
