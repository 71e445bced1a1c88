import {
  type Capability,
  furtherFiles,
  isPlatformPath,
  loadPlatform,
  nameOf,
  type Platform,
  policyFacts,
  property,
  type Snapshot,
  snapshotOf,
  stringOf,
} from '@idp/core';
import { openRepository, workingTree } from '../context/open-repository.ts';
import { isResult } from '../output/usage.ts';
import type { VerbContext } from '../verb.ts';
import type { Choice, ChoiceKind, ChoicesOf } from './question.ts';

/**
 * Reads what a repository offers. Services are known by their folders: none of their files is read, so that a person does not
 * wait for ten thousand of them.
 *
 * @returns `undefined` outside of a repository: the verb itself says so
 */
export async function repositoryChoices(
  options: Readonly<Record<string, unknown>>,
  context: Pick<VerbContext, 'cwd'>,
): Promise<ChoicesOf | undefined> {
  const opened = await openRepository(options, context);
  if (isResult(opened)) return undefined;
  const whole = await workingTree(opened, {
    wanted: ({ path }) => isPlatformPath(path) && !isOfService(path),
    further: furtherFiles,
  });
  const entries = whole.list().filter(({ path }) => !isOfService(path));
  const platform = loadPlatform(snapshotOf(entries, ({ path }) => whole.read(path)));
  return (kind) => choicesOf(kind, platform, whole);
}

function isOfService(path: string): boolean {
  return path.startsWith('services/');
}

function choicesOf(kind: ChoiceKind, platform: Platform, whole: Snapshot): readonly Choice[] {
  switch (kind) {
    case 'group':
    case 'system':
      return [...platform.catalog.refs([kind])].sort().map((ref) => {
        const metadata = property(platform.catalog.get(ref)?.value, 'metadata');
        return choice(nameOf(ref), stringOf(property(metadata, 'title')));
      });
    case 'template':
      return capabilities(
        platform,
        ({ scaffold, document }) => document.spec.provides === 'workload' && scaffold.length > 0,
      );
    case 'resource': {
      const others = choice('service', 'a call to another service');
      return [...capabilities(platform, ({ document }) => document.spec.provides === 'resource'), others];
    }
    case 'service':
      return serviceNames(whole).map((name) => choice(name, undefined));
    case 'policy':
      return [...policyFacts(platform.policies).values()]
        .filter(({ waivable }) => waivable)
        .map(({ id, title }) => choice(id, title));
    case 'environment':
      return [...platform.environments.values()].map(({ name, document }) => choice(name, document.metadata.title));
  }
}

function choice(value: string, hint: string | undefined): Choice {
  return { value, label: value, ...(hint !== undefined && hint !== value && { hint }) };
}

function capabilities(platform: Platform, wanted: (capability: Capability) => boolean): readonly Choice[] {
  const offered = [...platform.capabilities.values()].filter(wanted);
  return offered.map(({ name, document }) => choice(name, document.metadata.title));
}

function serviceNames(snapshot: Snapshot): readonly string[] {
  return snapshot.list().flatMap(({ path }) => /^services\/([^/]+)\/score\.yaml$/.exec(path)?.[1] ?? []);
}
