import { mkdir, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type FileChange, type Finding, hasErrors, writeYaml } from '@idp/core';
import { loadWorkingPlatform } from '../context/load.ts';
import { loadPolicies } from '../context/policies.ts';
import { refuseUnknown } from '../context/selection.ts';
import { exitCode } from '../exit-code.ts';
import { stringOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb } from '../verb.ts';
import { applyChanges } from '../write/apply-changes.ts';
import { isSystemError } from '../write/system-error.ts';
import { type ExportedPolicy, exportPolicies, type LeftPolicy } from './export-policies.ts';

/** `idp export policies`: what a cluster's own admission can enforce, and what it cannot, with the reason. */
export const exportVerb: Pick<Verb, 'run'> = {
  async run(options, context) {
    const loaded = await loadWorkingPlatform(options, context);
    if (isResult(loaded)) return loaded;
    const { platform, readLine } = loaded;
    const environment = stringOption(options, 'environment');
    const refused = refuseUnknown([platform], [], environment === undefined ? [] : [environment]);
    if (refused !== undefined) return refused;
    // Half of the guardrails in a cluster would look like all of them.
    const problems = loadPolicies(platform).findings;
    if (hasErrors(problems))
      return { exit: exitCode.findings, findings: problems, readLine, summary: {}, pretty: () => '' };
    const { exported, left } = exportPolicies(platform.policies, { environment, types: platform.types });
    if (exported.length === 0)
      return usage(
        'nothing-to-export',
        'there is no policy that a cluster could enforce',
        left[0] === undefined ? 'add one below policies/' : `${left[0].id}: ${left[0].reason}`,
      );
    const findings = left.map(stayed);
    const counts = { exported: exported.length, left: left.length };
    const data = {
      exported: exported.map(({ id }) => id),
      left: left.map(({ id, reason }) => ({ policy: id, reason })),
    };
    const words = `${counted(exported.length, 'policy', 'policies')} for a cluster, ${left.length} that stay here`;
    const output = stringOption(options, 'output') ?? '-';
    if (output === '-') {
      const document = exported.map(textOf).join('---\n');
      return { exit: exitCode.fine, findings, readLine, summary: counts, data, pretty: () => '', document };
    }
    const folder = resolve(context.cwd, output);
    const changes = exported.map((policy): FileChange => ({ path: `${policy.id}.yaml`, content: textOf(policy) }));
    const written = await writeInto(folder, changes);
    return {
      exit: hasErrors(written) ? exitCode.findings : exitCode.fine,
      findings: [...findings, ...written],
      readLine,
      summary: counts,
      data,
      pretty: () => `Exported ${words}`,
      markdown: () => `Exported ${words}`,
    };
  },
};

function textOf({ documents }: ExportedPolicy): string {
  return documents.map((document) => writeYaml(document)).join('---\n');
}

function stayed({ id, source, document, reason, isInForce }: LeftPolicy): Finding {
  return {
    code: 'policy/not-exported',
    severity: 'info',
    message: `${id} stays here: ${reason}`,
    ...(isInForce && { hint: 'pull requests are judged by it all the same' }),
    ...source.locate(['metadata', 'name'], 'value', document),
  };
}

/** Writes the files, and names those that an earlier export left there: a cluster that applies the folder still has them. */
async function writeInto(folder: string, changes: readonly FileChange[]): Promise<readonly Finding[]> {
  try {
    await mkdir(folder, { recursive: true });
    const failures = await applyChanges(folder, changes);
    if (failures.length > 0) return failures;
    const mine = new Set(changes.map(({ path }) => path));
    const there = await readdir(folder, { recursive: true });
    const strays = there.map((path) => path.replaceAll('\\', '/')).filter((path) => /\.ya?ml$/.test(path));
    return strays
      .filter((path) => !mine.has(path))
      .map((path) => ({
        code: 'policy/export-left-over',
        severity: 'warning',
        message: `${path} is in the folder and not of this export`,
        hint: 'delete it if an earlier export wrote it: a cluster that applies the folder would keep it',
      }));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const message = `the folder cannot be written: ${error.message}`;
    return [{ code: 'write/failed', severity: 'error', message, hint: 'name another one with --output' }];
  }
}
