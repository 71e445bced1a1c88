import {
  type CapabilityTest,
  didYouMean,
  differenceFinding,
  type Finding,
  goldenChanges,
  hasErrors,
  isFixturePath,
  type PolicyTests,
  quote,
  type Snapshot,
  testCapabilities,
} from '@idp/core';
import { findingsSummary, prettyDifference } from '@idp/report';
import { openRepository, workingTree } from '../context/open-repository.ts';
import { usableSettings } from '../context/usable-settings.ts';
import { exitCode } from '../exit-code.ts';
import { flagOption, listOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { sourceLines } from '../output/source-lines.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb, VerbResult } from '../verb.ts';
import { applyChanges } from '../write/apply-changes.ts';
import { verbOf } from '../write/scaffold-result.ts';
import { engineOf, policyTests, selectedCapabilities } from './selection.ts';

/**
 * `idp test`: the producers' kit. Renders the fixtures of capabilities and compares with their golden files, and judges the
 * examples of policies.
 */
export const test: Pick<Verb, 'run'> = {
  async run(options, context) {
    const opened = await openRepository(options, context);
    if (isResult(opened)) return opened;
    const snapshot = await workingTree(opened, { wanted: ({ path }) => isFixturePath(path) });
    const settings = usableSettings(snapshot);
    if (isResult(settings)) return settings;
    const wanted = {
      capabilities: listOption(options, 'capability'),
      policies: listOption(options, 'policy'),
      onlyPolicies: flagOption(options, 'policies'),
    };
    const capabilities = selectedCapabilities(snapshot, wanted);
    if (isResult(capabilities)) return capabilities;
    const policies = policyTests(snapshot, wanted);
    if (isResult(policies)) return policies;
    if (capabilities.length === 0 && policies.policies.length === 0)
      return usage('nothing-to-test', 'there is no capability and no policy to test', 'add one: `idp g capability`');
    context.progress('rendering fixtures');
    const fixtures = listOption(options, 'fixture');
    const tests = testCapabilities(snapshot, { capabilities, fixtures, engineOf });
    const unknown = fixtures.find((name) => !fixtureNames(snapshot, capabilities).includes(name));
    if (unknown !== undefined) {
      const hint = didYouMean(unknown, fixtureNames(snapshot, capabilities)) ?? 'a fixture is a folder of `fixtures/`';
      return usage('unknown-fixture', `there is no fixture ${quote(unknown)}`, hint);
    }
    if (!flagOption(options, 'update')) return testResult({ tests, policies }, snapshot);
    const { changes, findings } = goldenChanges(tests, snapshot);
    const failures = findings.length > 0 ? findings : await applyChanges(opened.root, changes);
    return testResult({ tests, policies }, snapshot, {
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

interface Tested {
  readonly tests: readonly CapabilityTest[];
  readonly policies: PolicyTests;
}

function testResult({ tests, policies }: Tested, snapshot: Snapshot, update?: Update): VerbResult {
  const results = tests.flatMap(({ fixtures }) => fixtures);
  const different = results.flatMap(({ fixture, differences }) =>
    differences.map((difference) => differenceFinding(fixture, difference)),
  );
  const findings = [
    ...tests.flatMap((tested) => tested.findings),
    ...results.flatMap((result) => result.findings),
    ...(update?.failures ?? different),
    ...policies.findings,
  ];
  const objects = results.reduce((sum, result) => sum + result.objects, 0);
  const summary = {
    capabilities: tests.length,
    fixtures: results.length,
    objects,
    policies: policies.policies.length,
    examples: policies.examples.length,
    ...(policies.unjudged.length > 0 && { notJudged: policies.unjudged.length }),
  };
  const counts = [
    ...(tests.length > 0
      ? [
          counted(tests.length, 'capability', 'capabilities'),
          counted(results.length, 'fixture'),
          counted(objects, 'object'),
        ]
      : []),
    ...(policies.policies.length > 0
      ? [
          counted(policies.policies.length, 'policy', 'policies'),
          `${counted(policies.examples.length, 'example')}${unjudgedText(policies)}`,
        ]
      : []),
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
      policies: policies.policies.map(({ name, id }) => ({
        policy: id,
        examples: policies.examples.filter((example) => example.policy === name).length,
      })),
    },
    pretty: ({ colour }) => [...diffs.map((each) => `${prettyDifference(each, colour)}\n`), ...closing].join('\n'),
    markdown: () => closing.join('\n'),
  };
}

/** What is not judged, since it or its policy has an error, is no verdict and is counted. */
function unjudgedText({ unjudged }: PolicyTests): string {
  return unjudged.length === 0 ? '' : ` (${counted(unjudged.length, 'file')} not judged, because of errors)`;
}

function fixtureNames(snapshot: Snapshot, capabilities: readonly string[]): readonly string[] {
  return snapshot.list().flatMap(({ path }) => {
    const [, capability = '', fixture] = /^capabilities\/([^/]+)\/fixtures\/([^/]+)\/./.exec(path) ?? [];
    return fixture !== undefined && capabilities.includes(capability) ? [fixture] : [];
  });
}
