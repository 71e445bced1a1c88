import {
  type CapabilityTest,
  didYouMean,
  differenceFinding,
  type Finding,
  goldenChanges,
  hasErrors,
  isFixturePath,
  quote,
  type Snapshot,
  testCapabilities,
} from '@idp/core';
import { findingsSummary, prettyDifference } from '@idp/report';
import { openRepository, workingTree } from '../context/open-repository.ts';
import { loadPolicies } from '../context/policies.ts';
import { usableSettings } from '../context/usable-settings.ts';
import { exitCode } from '../exit-code.ts';
import { flagOption, listOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { sourceLines } from '../output/source-lines.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb, VerbResult } from '../verb.ts';
import { applyChanges } from '../write/apply-changes.ts';
import { verbOf } from '../write/scaffold-result.ts';

/** `idp test`: the producers' kit. Renders the fixtures of capabilities and compares with their golden files. */
export const test: Pick<Verb, 'run'> = {
  async run(options, context) {
    const opened = await openRepository(options, context);
    if (isResult(opened)) return opened;
    const snapshot = await workingTree(opened, { wanted: ({ path }) => isFixturePath(path) });
    const settings = usableSettings(snapshot);
    if (isResult(settings)) return settings;
    const capabilities = selectedCapabilities(snapshot, listOption(options, 'capability'));
    if (isResult(capabilities)) return capabilities;
    context.progress('rendering fixtures');
    const fixtures = listOption(options, 'fixture');
    const tests = testCapabilities(snapshot, {
      capabilities,
      fixtures,
      engineOf: (policies) => loadPolicies({ policies, findings: [] }),
    });
    const unknown = fixtures.find((name) => !fixtureNames(snapshot, capabilities).includes(name));
    if (unknown !== undefined) {
      const hint = didYouMean(unknown, fixtureNames(snapshot, capabilities)) ?? 'a fixture is a folder of `fixtures/`';
      return usage('unknown-fixture', `there is no fixture ${quote(unknown)}`, hint);
    }
    if (!flagOption(options, 'update')) return testResult(tests, snapshot);
    const { changes, findings } = goldenChanges(tests, snapshot);
    const failures = findings.length > 0 ? findings : await applyChanges(opened.root, changes);
    return testResult(tests, snapshot, {
      written: changes.map((change) => `${verbOf(change, snapshot)} ${change.path}`),
      failures,
    });
  },
};

/** Golden files that were written, and why some could not be. */
interface Update {
  /** `UPDATE <path>` */
  readonly written: readonly string[];
  readonly failures: readonly Finding[];
}

function testResult(tests: readonly CapabilityTest[], snapshot: Snapshot, update?: Update): VerbResult {
  const results = tests.flatMap(({ fixtures }) => fixtures);
  const different = results.flatMap(({ fixture, differences }) =>
    differences.map((difference) => differenceFinding(fixture, difference)),
  );
  const findings = [
    ...tests.flatMap((tested) => tested.findings),
    ...results.flatMap((result) => result.findings),
    ...(update?.failures ?? different),
  ];
  const objects = results.reduce((sum, result) => sum + result.objects, 0);
  const summary = { capabilities: tests.length, fixtures: results.length, objects };
  const counts = [
    counted(tests.length, 'capability', 'capabilities'),
    counted(results.length, 'fixture'),
    counted(objects, 'object'),
  ].join(', ');
  const written = update === undefined || update.failures.length > 0 ? [] : update.written;
  const closing = [...written, `Tested ${counts}: ${findingsSummary(findings)}`];
  const diffs = update === undefined ? results.flatMap(({ differences }) => differences) : [];
  return {
    exit: hasErrors(findings) ? exitCode.findings : exitCode.fine,
    findings,
    readLine: sourceLines(snapshot),
    summary: update === undefined ? summary : { ...summary, written: written.length },
    data: {
      fixtures: results.map(({ fixture: { capability, name }, objects: count, differences, findings: own }) => ({
        capability,
        fixture: name,
        objects: count,
        passed: !hasErrors(own) && (differences.length === 0 || written.length > 0),
      })),
    },
    pretty: ({ colour }) => [...diffs.map((each) => `${prettyDifference(each, colour)}\n`), ...closing].join('\n'),
    markdown: () => closing.join('\n'),
  };
}

function selectedCapabilities(snapshot: Snapshot, written: readonly string[]): readonly string[] | VerbResult {
  const folders = snapshot.list().flatMap(({ path }) => /^capabilities\/([^/]+)\/./.exec(path)?.[1] ?? []);
  const known = [...new Set(folders)];
  const unknown = written.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, known) ?? 'a capability is in capabilities/<name>';
    return usage('unknown-capability', `there is no capability ${quote(unknown)}`, hint);
  }
  if (known.length === 0)
    return usage('nothing-to-test', 'there is no capability to test', 'add one: `idp g capability`');
  return written.length > 0 ? [...new Set(written)] : known;
}

function fixtureNames(snapshot: Snapshot, capabilities: readonly string[]): readonly string[] {
  return snapshot.list().flatMap(({ path }) => {
    const [, capability = '', fixture] = /^capabilities\/([^/]+)\/fixtures\/([^/]+)\/./.exec(path) ?? [];
    return fixture !== undefined && capabilities.includes(capability) ? [fixture] : [];
  });
}
