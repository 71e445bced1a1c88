import { describe, expect, it } from 'vitest';
import type { ExampleFiles } from '../finding/rule.ts';
import { evaluatePlatform } from '../platform/evaluate-platform.ts';
import { loadPlatform } from '../platform/load-platform.ts';
import { examplePlatform } from '../testing/example-platform.ts';

const findings = (files: ExampleFiles) =>
  evaluatePlatform(loadPlatform(examplePlatform(files))).findings.map(
    ({ code, path, line, column, endColumn, message }) => `${path}:${line}:${column}-${endColumn} ${code} ${message}`,
  );

describe('a placeholder where none is replaced', () => {
  const container = (lines: string): ExampleFiles => ({
    'services/checkout/score.yaml': `apiVersion: score.dev/v1b1
metadata: { name: checkout }
containers:
  main:
${lines}
resources:
  db: { type: database }
`,
  });
  const image = '    image: registry.example.com/checkout:1.0.0';

  it.each([
    ['    image: registry.example.com/${metadata.name}:1', '5:33-49'],
    [`${image}\n    livenessProbe: { httpGet: { path: "/\${resources.db.host}", port: 80 } }`, '6:41-61'],
    [`${image}\n    readinessProbe: { exec: { command: [test, "$\${metadata.name}"] } }`, '6:49-65'],
    [
      `${image}\n    livenessProbe: { httpGet: { path: /, port: 80, httpHeaders: [{ name: a, value: "\${a" }] } }`,
      '6:85-88',
    ],
  ])('is refused in its place: %s', (lines, place) => {
    expect(findings(container(lines))).toEqual([
      `services/checkout/score.yaml:${place} workload/placeholder-not-here a placeholder is not replaced here: it would be deployed as it is written`,
    ]);
  });

  it('is refused in an override', () => {
    const override = 'containers: { main: { image: "a/${metadata.name}" } }\n';
    expect(findings({ 'services/checkout/environments/dev.yaml': override })).toMatchObject([
      expect.stringMatching(/environments\/dev.yaml:1:33-49 workload\/placeholder-not-here/),
    ]);
  });

  it('is refused in ports beside what their schema says, and taken in the content of a file', () => {
    const files = `${image}\n    files: { /a: { content: "\${metadata.name}" } }`;
    const ports = 'service: { ports: { web: { port: "${resources.db.port}" } } }\n';
    const [score = ''] = Object.values(container(files)).map((text) => `${text}${ports}`);
    expect(findings({ 'services/checkout/score.yaml': score })).toEqual([
      expect.stringContaining('score.yaml:9:34-56 workload/wrong-value'),
      expect.stringContaining('score.yaml:9:35-55 workload/placeholder-not-here'),
    ]);
  });

  it('is one mistake at one place, whatever the names that base and override have to suggest', () => {
    const [score = ''] = Object.values(container(`${image}\n    variables: { A: "\${resources.nope.x}" }`)).map(
      (text) => `${text}`,
    );
    expect(
      findings({
        'services/checkout/score.yaml': score,
        'services/checkout/environments/dev.yaml': 'resources: { nop: { type: database } }\n',
      }).filter((finding) => finding.includes('resolve/unknown-resource')),
    ).toEqual(['services/checkout/score.yaml:6:22-41 resolve/unknown-resource there is no resource "nope"']);
  });

  it('leaves a `$` alone that begins no placeholder', () => {
    const probe = '    readinessProbe: { exec: { command: [sh, -c, "test $HOME = $$ $(x)"] } }';
    expect(findings(container(`${image}\n${probe}`))).toEqual([]);
  });

  it('finds a cycle of resources however long it is, and shows it whole', () => {
    const length = 2_000;
    const resources = Array.from(
      { length },
      (_, index) => `  r${index}: { type: database, params: { size: "\${resources.r${(index + 1) % length}.host}" } }`,
    );
    const text = `apiVersion: score.dev/v1b1\nmetadata: { name: checkout }\ncontainers: { main: { image: a } }\nresources:\n${resources.join('\n')}\n`;
    const all = findings({ 'services/checkout/score.yaml': text });
    expect(all.filter((finding) => finding.includes('resolve/resource-cycle'))).toHaveLength(1);
    const open = text.replace(`\${resources.r0.host}`, 'small');
    expect(findings({ 'services/checkout/score.yaml': open }).some((finding) => finding.includes('cycle'))).toBe(false);
  });
});
