import { describe, expect, it } from 'vitest';
import { encodeText } from '../digest/text.ts';
import { readManifests, tooLarge } from './read-manifests.ts';

const read = (text: string) => readManifests('a.yaml', encodeText(text));
const configMap = (data: string) => read(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n${data}`);
const dataOf = (data: string) => configMap(data).manifests[0]?.object['data'];

describe('readManifests', () => {
  it('reads every document of a file', () => {
    const file = read('---\nkind: A\napiVersion: v1\n---\n---\nkind: B\napiVersion: v1\n...\n');
    expect(file.manifests.map(({ document, object }) => [document, object['kind']])).toEqual([
      [0, 'A'],
      [2, 'B'],
    ]);
  });

  it('reads the items of a List, where they are', () => {
    const file = read(
      'kind: List\napiVersion: v1\nitems:\n- kind: A\n  apiVersion: v1\n- kind: List\n  apiVersion: v1\n  items:\n  - { kind: B, apiVersion: v1 }\n',
    );
    expect(file.manifests.map(({ pointer, object }) => [pointer, object['kind']])).toEqual([
      [['items', 0], 'A'],
      [['items', 1, 'items', 0], 'B'],
    ]);
  });

  it('knows the kind of the items of a typed list, which a server leaves out', () => {
    const { manifests } = read('{"kind":"DeploymentList","apiVersion":"apps/v1","items":[{"metadata":{"name":"a"}}]}');
    expect(manifests[0]?.object).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' } });
  });

  it('ends at lists in lists in lists', () => {
    const deep = `${'{kind: List, apiVersion: v1, items: ['.repeat(40)}${']}'.repeat(40)}`;
    expect(read(deep).manifests).toHaveLength(1);
  });

  it('counts documents that are no Kubernetes objects', () => {
    expect(read('replicas: 3\n---\nkind: A\n---\n[1]\n')).toMatchObject({ manifests: [], others: 3, findings: [] });
  });

  it.each([
    ['CRLF', 'kind: A\r\napiVersion: v1\r\nmetadata:\r\n  name: "a\r\n    b"\r\n', { name: 'a b' }],
    ['a byte order mark', '\ufeffkind: A\napiVersion: v1\nmetadata: { name: a }\n', { name: 'a' }],
    [
      'JSON with tabs',
      '{\n\t"kind": "A",\n\t"apiVersion": "v1",\n\t"metadata": {\n\t\t"name": "a"\n\t}\n}\n',
      { name: 'a' },
    ],
    [
      'anchors and merge keys',
      'kind: A\napiVersion: v1\nx: &x { name: a, b: 1 }\nmetadata:\n  <<: *x\n  b: 2\n',
      { name: 'a', b: 2 },
    ],
    ['directives', '%YAML 1.1\n---\nkind: A\napiVersion: v1\nmetadata: { name: a }\n', { name: 'a' }],
  ])('reads %s', (_, text, metadata) => {
    expect(read(text).manifests[0]?.object['metadata']).toEqual(metadata);
  });

  // go-yaml 2, resolve.go; checked against sigs.k8s.io/yaml 1.6.
  it.each([
    ['yes', true],
    ['Off', false],
    ['y', true],
    ['yEs', 'yEs'],
    ['0644', 420],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b101', 5],
    ['-010', -8],
    ['08', 8],
    ['1_000', 1000],
    ['1e3', 1000],
    ['1.50', 1.5],
    ['.5', 0.5],
    ['1.2.3', '1.2.3'],
    ['2020-01-02', '2020-01-02'],
    ['12:30:00', '12:30:00'],
    ['~', null],
    ['0x', '0x'],
    ['"yes"', 'yes'],
    ["'0644'", '0644'],
    ['!!str 0644', '0644'],
  ])('reads %s as Kubernetes does', (written, value) => {
    expect(dataOf(`  a: ${written}\n`)).toEqual({ a: value });
    expect(dataOf(`  a: [${written}, |-]\n`.replace(', |-', ''))).toEqual({ a: [value] });
  });

  it('names the key `on` as Kubernetes does', () => expect(dataOf('  on: 1\n')).toEqual({ true: 1 }));

  it('says of a template what it is, at its first action', () => {
    expect(read('kind: A\nmetadata:\n  name: {{ .Release.Name }}-a\n').findings).toEqual([
      expect.objectContaining({ code: 'manifest/template', line: 3, column: 9 }),
    ]);
  });

  it.each([
    ['kind: A\nkind: B\n', 'a key is there twice', 2],
    [`a: &a [x, x]\n${'b: &b [*a, *a]\n'.repeat(1)}c: [*b\n`, 'the `[` is not closed', 3],
    ['a: .inf\n', 'Infinity is not a JSON number', 1],
    ['kind: A\n"__proto__": {}\n', 'the key "__proto__" is not allowed', 2],
    [`a: ${'['.repeat(200)}${']'.repeat(200)}\n`, 'nested deeper than 100 levels', 1],
    ['a: &a\n  b: *a\n', 'an anchor contains itself', 2],
  ])('refuses %j', (text, message, line) => {
    expect(read(text).findings).toEqual([expect.objectContaining({ code: 'source/invalid-yaml', message, line })]);
  });

  it('refuses an alias bomb without writing it out', () => {
    const levels = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`).join('\n');
    expect(read(`a0: &a0 x\n${levels}\n`).findings).toEqual([
      expect.objectContaining({ message: expect.stringContaining('with all aliases written out') }),
    ]);
  });

  it('refuses what is not UTF-8', () => {
    expect(readManifests('a.yaml', Uint8Array.of(0x61, 0xff)).findings).toEqual([
      expect.objectContaining({ code: 'source/not-utf8', path: 'a.yaml', line: 1, column: 2 }),
    ]);
  });

  it('refuses a file by its size alone', () => {
    expect(tooLarge('a.yaml', 50_000_000)).toBeUndefined();
    expect(tooLarge('a.yaml', 50_000_001)).toMatchObject({ code: 'source/too-large', path: 'a.yaml' });
  });
});
