import { readFileSync } from 'node:fs';
import { type SubjectKind, subjectKinds } from '@idp/core';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../../../docs/policies.md', import.meta.url), 'utf8');

/** One row for all kinds that lie in the same files. */
function table(): string {
  const rows = new Map<string, SubjectKind[]>();
  for (const kind of subjectKinds) {
    const key = `${kind.apiVersion} ${kind.files} ${kind.entity ?? ''}`;
    rows.set(key, [...(rows.get(key) ?? []), kind]);
  }
  const lines = [...rows.values()].map((kinds) => {
    const resources = kinds.map(({ resource }) => `\`${resource}\``).join(', ');
    const [first] = kinds;
    return `| \`${first?.apiVersion}\` | ${resources} | ${first?.files} | ${first?.entity ?? ''} |`;
  });
  return ['| apiVersion | resources | files | `catalog.entity` |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

it('docs/policies.md has every kind that policies judge', () => {
  expect(page).toContain(table());
});
