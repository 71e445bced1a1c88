import { didYouMean, quote } from '../finding/did-you-mean.ts';
import type { Finding, Outcome } from '../finding/finding.ts';
import { isObject, type Json } from '../json/json.ts';
import type { Pointer } from '../json/pointer.ts';
import { environmentFile } from '../layout/paths.ts';
import { toJson } from '../provenance/traced.ts';
import { documentFindings } from '../schema/document-findings.ts';
import { type EnvironmentDocument, environmentSchema } from '../schema/environment.schema.ts';
import { schemaProblems } from '../schema/schema-problems.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';
import type { Store } from '../store/store.ts';
import type { Environment } from './environment.ts';
import { environmentValues } from './environment-values.ts';

type Environments = ReadonlyMap<string, Environment>;

/** What idp.yaml says of environments. */
export interface EnvironmentSettings {
  /** The JSON Schema of `values`. */
  readonly valuesSchema: Json | undefined;
  /** The branch that is promoted: no environment may be written there. */
  readonly mainBranch: string;
}

/** Reads environments/*.yaml: their documents, the order between them, and their values by the platform's schema. */
export function loadEnvironments(
  snapshot: Snapshot,
  { valuesSchema, mainBranch }: EnvironmentSettings,
  store?: Store,
): Outcome<Environments> & { readonly value: Environments } {
  const findings: Finding[] = [];
  const environments = new Map<string, Environment>();
  for (const entry of snapshot.list()) {
    const name = environmentFile(entry.path);
    if (name === undefined) continue;
    const { source, findings: unreadable } = readSource(snapshot, entry, store);
    findings.push(...unreadable);
    if (source === undefined) continue;
    const problems = documentFindings('environment', environmentSchema, source);
    findings.push(...problems);
    if (problems.length > 0) continue;
    const document = source.documents[0] as unknown as EnvironmentDocument;
    const environment = { name, branch: document.spec.branch ?? `env/${name}`, document, source };
    findings.push(...ownFindings(environment, valuesSchema), ...mainBranchFindings(environment, mainBranch));
    const other = environments.get(name);
    if (other === undefined) environments.set(name, environment);
    else
      findings.push(
        error(
          source,
          'duplicate-environment',
          [],
          `the environment ${quote(name)} is there twice`,
          `the other one is ${other.source.path}; keep one of them`,
        ),
      );
  }
  for (const environment of environments.values()) findings.push(...orderFindings(environment, environments));
  const names = snapshot.list().flatMap(({ path }) => environmentFile(path) ?? []);
  findings.push(...sharedBranches(environments, names));
  return { value: inOrder(environments), findings };
}

function error(source: Source, code: string, pointer: Pointer, message: string, hint: string | undefined): Finding {
  return {
    code: `environment/${code}`,
    severity: 'error',
    message,
    ...(hint !== undefined && { hint }),
    ...source.locate(pointer),
  };
}

/** A promotion to the branch that people merge to would put manifests among the sources. */
function mainBranchFindings({ branch, source }: Environment, mainBranch: string): readonly Finding[] {
  if (branch !== mainBranch) return [];
  const hint = 'leave `spec.branch` out, or name a branch that only promotions write';
  return [error(source, 'branch', ['spec', 'branch'], `${quote(branch)} is the branch that is promoted`, hint)];
}

function ownFindings(
  { name, document, source, branch }: Environment,
  valuesSchema: Json | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (document.metadata.name !== name) {
    findings.push(
      error(
        source,
        'name',
        ['metadata', 'name'],
        `the environment is ${quote(document.metadata.name)}, but its file is ${quote(name)}`,
        'give both the same name',
      ),
    );
  }
  if (!isBranchName(branch) || branch.startsWith('refs/')) {
    findings.push(
      error(
        source,
        'branch',
        ['spec', 'branch'],
        `${quote(branch)} cannot be the name of a branch`,
        `for example \`env/${name}\``,
      ),
    );
  }
  const targets = document.spec.targets.map((target) => target.name);
  targets.forEach((target, index) => {
    if (targets.indexOf(target) !== index)
      findings.push(
        error(
          source,
          'duplicate-target',
          ['spec', 'targets', index, 'name'],
          `the target ${quote(target)} is there twice`,
          'keep one of them',
        ),
      );
  });
  if (isObject(valuesSchema)) {
    document.spec.targets.forEach((_, index) => {
      const values = toJson(environmentValues({ document, source }, index));
      for (const problem of schemaProblems(valuesSchema, values)) {
        const own: Pointer = ['spec', 'targets', index, 'values', ...problem.pointer];
        const inTarget =
          problem.pointer.length > 0 &&
          Object.hasOwn(document.spec.targets[index]?.values ?? {}, String(problem.pointer[0]));
        const place = inTarget ? own : ['spec', 'values', ...problem.pointer];
        findings.push(error(source, 'values', place, problem.message, problem.hint));
      }
    });
  }
  return findings;
}

function orderFindings(environment: Environment, environments: Environments): readonly Finding[] {
  return (environment.document.spec.after ?? []).flatMap((upstream, index) => {
    const place: Pointer = ['spec', 'after', index];
    if (!environments.has(upstream)) {
      const others = [...environments.keys()].filter((name) => name !== environment.name);
      return [
        error(
          environment.source,
          'unknown-environment',
          place,
          `${quote(upstream)} is not an environment`,
          didYouMean(upstream, others),
        ),
      ];
    }
    const cycle = pathBetween(upstream, environment.name, environments);
    if (cycle === undefined) return [];
    return [
      error(
        environment.source,
        'cycle',
        place,
        `the environments wait for each other: ${[environment.name, ...cycle].join(' after ')}`,
        'remove one of them',
      ),
    ];
  });
}

/** The way along `after` from one environment to another, if there is one. */
function pathBetween(
  from: string,
  to: string,
  environments: Environments,
  seen: readonly string[] = [],
): readonly string[] | undefined {
  if (from === to) return [from];
  if (seen.includes(from)) return undefined;
  for (const next of environments.get(from)?.document.spec.after ?? []) {
    const rest = pathBetween(next, to, environments, [...seen, from]);
    if (rest !== undefined) return [from, ...rest];
  }
  return undefined;
}

/** Upstream before downstream, else by name: dev, staging, prod, in every table. */
function inOrder(environments: Environments): Environments {
  const ordered = new Map<string, Environment>();
  const add = (name: string, chain: readonly string[]): void => {
    const environment = environments.get(name);
    if (environment === undefined || ordered.has(name) || chain.includes(name)) return;
    for (const upstream of environment.document.spec.after ?? []) add(upstream, [...chain, name]);
    ordered.set(name, environment);
  };
  for (const name of [...environments.keys()].sort()) add(name, []);
  return ordered;
}

/**
 * Two environments on one branch would overwrite each other, and one without gates would be a way into one with
 * gates: both are told, so that neither is promoted. `env/<name>` belongs to the environment of that name, also
 * while its file cannot be read.
 */
function sharedBranches(environments: Environments, names: readonly string[]): readonly Finding[] {
  return [...environments.values()].flatMap(({ name, branch, source }) => {
    const folded = branch.toLowerCase();
    const others = [...environments.values()].filter((other) => other.branch.toLowerCase() === folded);
    const other =
      others.find((candidate) => candidate.name !== name)?.name ??
      names.find((candidate) => candidate !== name && `env/${candidate}`.toLowerCase() === folded);
    if (other === undefined) return [];
    const message = `${quote(branch)} is the branch of ${quote(other)} too`;
    return [error(source, 'shared-branch', ['spec', 'branch'], message, 'give each environment a branch of its own')];
  });
}

/** git's rules for the name of a branch (git-check-ref-format), without those that only git's own names need. */
export function isBranchName(name: string): boolean {
  if (name === '' || name.startsWith('-') || name.startsWith('/') || name.endsWith('/') || name.endsWith('.'))
    return false;
  if (name === '@' || name.includes('..') || name.includes('//') || name.includes('@{') || name.length > 200)
    return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git refuses exactly these
  if (/[\x00-\x20\x7f~^:?*[\\]/.test(name)) return false;
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}
