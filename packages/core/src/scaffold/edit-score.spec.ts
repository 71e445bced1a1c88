import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { editScore } from './edit-score.ts';

const edit = {
  name: 'db',
  resource: { type: 'postgres', params: { size: 'small', note: `a ${'long '.repeat(40)}line` } },
  variables: { DB_HOST: '${resources.db.host}' },
  containers: ['main'],
};
const small = { ...edit, resource: { type: 'postgres' } };

/** The lines that an edit added, and that it took no other away. */
function addedLines(before: string, after: string): readonly string[] {
  const rest = before.split('\n');
  const added = after.split('\n').filter((line) => {
    if (line !== rest[0]) return true;
    rest.shift();
    return false;
  });
  expect(rest).toEqual([]);
  return added;
}

const head = 'apiVersion: score.dev/v1b1\nmetadata: {name: a}   # odd   spaces\n';

describe('editScore', () => {
  it.each<readonly [string, string, readonly string[]]>([
    [
      'comments, quotes, blank lines and spaces',
      `# top\n\n${head}\n\ncontainers:\n  # first\n  main:\n    image: 'x'   # pinned\n    variables:\n      A: "1"  # one\n      # after A\n\n  other: {image: y}\nservice:   {ports: {}}\n\nresources:\n  q:\n    type:   queue # q\n\n# the end\n`,
      ['      DB_HOST: ${resources.db.host}', '  db:', '    type: postgres'],
    ],
    [
      'four spaces',
      `${head}containers:\n    main:\n        image: x\n        variables:\n            A: b\nresources:\n    q:\n        type: queue\n`,
      ['            DB_HOST: ${resources.db.host}', '    db:', '        type: postgres'],
    ],
    [
      'sequences that are not indented',
      `${head}containers:\n  main:\n    image: x\n    args:\n    - a\n    - b: c\n`,
      ['    variables:', '      DB_HOST: ${resources.db.host}', 'resources:', '  db:', '    type: postgres'],
    ],
    [
      'no resources and no variables',
      `${head}containers:\n  main:\n    image: x\n`,
      ['    variables:', '      DB_HOST: ${resources.db.host}', 'resources:', '  db:', '    type: postgres'],
    ],
    [
      'keys without a value',
      `${head}containers:\n  main:\n    image: x\n    variables:   # none\nresources:\n`,
      ['      DB_HOST: ${resources.db.host}', '  db:', '    type: postgres'],
    ],
    [
      'long lines and block scalars',
      `${head}containers:\n  main:\n    image: x\n    args: [${'"a long argument", '.repeat(20)}x]\n    variables:\n      A: >-\n        folded ${'text '.repeat(60)}\n        more\n      B: |+\n        kept\n\n\nresources: # r\n  q: {type: queue}\n`,
      ['      DB_HOST: ${resources.db.host}', '  db:', '    type: postgres'],
    ],
  ])('adds lines and leaves every other as it is: %s', (_what, before, added) => {
    const after = editScore(before, small);
    expect(addedLines(before, after)).toEqual(added);
    expect(parse(after)).toMatchObject({
      resources: { db: { type: 'postgres' } },
      containers: { main: { variables: { DB_HOST: '${resources.db.host}' } } },
    });
    expect(editScore(after, small)).toBe(after);
  });

  it.each<readonly [string, string, string]>([
    [
      'flow maps',
      '{apiVersion: x, containers: {main: {image: x, variables: {}}}, resources: { q: {type: queue} }}\n',
      '{apiVersion: x, containers: {main: {image: x, variables: { DB_HOST: "${resources.db.host}" }}}, resources: { q: {type: queue}, db: { type: postgres } }}\n',
    ],
    [
      'empty maps',
      'containers:\n  main: { image: x } # c\nresources: {} # none yet\nservice: {}\n',
      'containers:\n  main: { image: x, variables: { DB_HOST: "${resources.db.host}" } } # c\nresources: # none yet\n  db:\n    type: postgres\nservice: {}\n',
    ],
    [
      'no newline at the end',
      'containers:\n  main:\n    image: x\n    variables: {}\nresources: {}',
      'containers:\n  main:\n    image: x\n    variables:\n      DB_HOST: ${resources.db.host}\nresources:\n  db:\n    type: postgres',
    ],
    [
      'lines that end in CR LF',
      'containers:\r\n  main:\r\n    image: x # y\r\nresources: {}\r\n',
      'containers:\r\n  main:\r\n    image: x # y\r\n    variables:\r\n      DB_HOST: ${resources.db.host}\r\nresources:\r\n  db:\r\n    type: postgres\r\n',
    ],
  ])('keeps the style of %s', (_what, before, after) => {
    expect(editScore(before, small)).toBe(after);
    expect(editScore(after, small)).toBe(after);
  });

  it('says the same when a file is written in a way that lines cannot be added to', () => {
    const before = 'containers:\n  main: &main\n    image: x\n  other: *main\nresources: &none {}\n';
    expect(parse(editScore(before, small))).toMatchObject({ resources: { db: { type: 'postgres' } } });
  });

  it('writes exactly the resource, whatever its params say', () => {
    const before = `${head}containers:\n  main:\n    image: x\nresources:\n  q: {type: queue}\n# end\n`;
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.boolean(), (params, flow) => {
        const resource = JSON.parse(JSON.stringify({ type: 'x', params })) as { type: string; params: object };
        const text = flow ? '{containers: {main: {image: x}}, resources: {q: {type: queue}}}\n' : before;
        const after = editScore(text, { ...edit, resource: resource as never });
        expect(JSON.stringify(parse(after).resources.db)).toBe(JSON.stringify(resource));
        if (!flow) addedLines(text, after);
      }),
    );
  });
});
