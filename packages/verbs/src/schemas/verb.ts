import { resolve } from 'node:path';
import {
  clusterSchemas,
  clusterSchemasFile,
  type DefinitionFiles,
  definitionFiles,
  didYouMean,
  type FileChange,
  isObject,
  isReadForInit,
  type Json,
  jsonSchemas,
  parseYaml,
  property,
  quote,
  readSource,
  type Snapshot,
} from '@idp/core';
import { openRepository, platformFiles, workingTree } from '../context/open-repository.ts';
import { exitCode } from '../exit-code.ts';
import { flagOption, stringOption } from '../options.ts';
import { counted } from '../output/counted.ts';
import { failed, isResult, usage } from '../output/usage.ts';
import { toolVersion } from '../tool-version.ts';
import type { Verb, VerbContext, VerbResult } from '../verb.ts';
import { scaffoldResult } from '../write/scaffold-result.ts';
import { readAddress, readIndexed } from './published-address.ts';
import { type PublishedText, readPublishedFiles, UnreadableError } from './published-file.ts';

/**
 * `idp schemas`: what rendered objects are checked by, from a cluster or from what a project publishes; without either,
 * what editors check the platform's own files by, as this version of the tool knows them.
 */
export const schemas: Pick<Verb, 'run'> = {
  async run(options, context) {
    const opened = await openRepository(options, context);
    if (isResult(opened)) return opened;
    const snapshot = await workingTree(opened, { ...platformFiles, wanted: ({ path }) => isReadForInit(path) });
    const capability = stringOption(options, 'capability');
    const from = stringOption(options, 'from');
    const note = stringOption(options, 'note');
    try {
      const made =
        from === undefined
          ? ownFormats(capability ?? note)
          : await published(from, { snapshot, capability, note, context });
      if (isResult(made)) return made;
      const { changes: wanted, summary } = made;
      const changes = wanted.filter((change) => textOf(snapshot, change.path) !== change.content);
      const plan = { changes, summary, nextSteps: changes.length === 0 ? [] : made.nextSteps };
      return await scaffoldResult(opened.root, snapshot, { value: plan, findings: [] }, flagOption(options, 'dryRun'));
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      const hint = 'look at the address and at IDP_SCHEMAS_TOKEN, then run it again';
      return error.at === 'here'
        ? usage('unreadable-schemas', error.message, 'name a file, a folder or an address with --from')
        : failed(exitCode.remote, [{ code: 'remote/unreachable', severity: 'error', message: error.message, hint }]);
    }
  },
};

interface Made {
  readonly changes: readonly FileChange[];
  readonly summary: string;
  readonly nextSteps: readonly string[];
}

const checking = ['npx idp validate', 'npx idp check'];

/** @param other an option that says what to do with what `--from` names */
function ownFormats(other: string | undefined): Made | VerbResult {
  if (other !== undefined) return usage('option', '--from is missing', 'name what to take the definitions from');
  const changes = [...jsonSchemas()].map(([path, content]) => ({ path, content }));
  return {
    changes,
    summary: `schemas/ has the ${counted(changes.length, 'format')} of idp ${toolVersion}`,
    nextSteps: ['npx idp validate'],
  };
}

interface PublishedOptions {
  readonly snapshot: Snapshot;
  readonly capability: string | undefined;
  readonly note: string | undefined;
  readonly context: VerbContext;
}

async function published(
  from: string,
  { snapshot, capability, note, context }: PublishedOptions,
): Promise<Made | VerbResult> {
  const read = await readPublished(from, context);
  return capability === undefined ? ofCluster(read) : ofCapability(read, snapshot, capability, note);
}

interface Published {
  readonly texts: readonly PublishedText[];
  /** Whether these are all documents of a cluster, and not some of them. */
  readonly complete: boolean;
}

async function readPublished(from: string, context: VerbContext): Promise<Published> {
  if (!/^https?:\/\//.test(from))
    return { texts: await readPublishedFiles(resolve(context.cwd, from)), complete: false };
  if (!URL.canParse(from)) throw new UnreadableError(`${quote(from)} is no address`);
  const address = new URL(from);
  if (address.username !== '' || address.password !== '')
    throw new UnreadableError('there is a password in the address: put a token into IDP_SCHEMAS_TOKEN');
  const options = { token: process.env['IDP_SCHEMAS_TOKEN'], progress: context.progress };
  const first = await readAddress(address, options);
  const paths = property(parsed(first.text), 'paths');
  const isIndex =
    isObject(paths) && Object.values(paths).some((entry) => property(entry, 'serverRelativeURL') !== undefined);
  return isIndex
    ? { texts: await readIndexed(address, paths, options), complete: true }
    : { texts: [first], complete: false };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function ofCluster({ texts, complete }: Published): Made | VerbResult {
  const documents = texts.flatMap(({ text }) => parsed(text) ?? []);
  const made = clusterSchemas(documents, complete);
  if (made === undefined) {
    return usage(
      'no-schemas',
      `there is no kind of Kubernetes in what was read: it is no OpenAPI 3.0 document of a cluster`,
      'name /openapi/v3 of a cluster, or a document of it; for CustomResourceDefinitions say --capability',
    );
  }
  const what = `${counted(made.kinds, 'kind')} of ${made.version} in ${clusterSchemasFile}`;
  return {
    changes: [{ path: clusterSchemasFile, content: made.content }],
    summary: `${what}: ${complete ? 'what a cluster has not is refused from now on' : 'other groups are checked by the types of the tool'}`,
    nextSteps: checking,
  };
}

function ofCapability(
  { texts }: Published,
  snapshot: Snapshot,
  name: string,
  note: string | undefined,
): Made | VerbResult {
  const declared = declaredKinds(snapshot, name);
  if (declared === undefined) {
    const hint = didYouMean(name, capabilities(snapshot)) ?? 'a capability is in capabilities/<name>';
    return usage('unknown-capability', `there is no capability ${quote(name)}`, hint);
  }
  const documents = texts.flatMap(({ from, text }) => {
    const read = parseYaml(text);
    if (!read.ok) throw new UnreadableError(`${from} cannot be read: ${read.error.message}`);
    return read.documents;
  });
  const { files, problems }: DefinitionFiles = definitionFiles(documents, declared, note);
  if (problems.length > 0 || files.length === 0) {
    const [problem = 'there is no CustomResourceDefinition in what was read'] = problems;
    return usage('no-schemas', problem, 'name the file that the project publishes for its definitions');
  }
  const kinds = files.flatMap((file) => file.kinds).join(', ');
  return {
    changes: files.map((file) => ({ path: `capabilities/${name}/crds/${file.name}`, content: file.content })),
    summary: `${name} is checked by ${counted(files.length, 'definition')}: ${kinds}`,
    nextSteps: checking,
  };
}

/** What the capability says that it renders; `undefined` when there is no such capability. */
function declaredKinds(snapshot: Snapshot, name: string): readonly string[] | undefined {
  const entry = snapshot.entry(`capabilities/${name}/capability.yaml`);
  if (entry === undefined) return undefined;
  const document = readSource(snapshot, entry).source?.documents[0];
  const kinds = property(property(property(document, 'spec'), 'objects'), 'kinds');
  return Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === 'string') : [];
}

function capabilities(snapshot: Snapshot): readonly string[] {
  return snapshot.list().flatMap(({ path }) => /^capabilities\/([^/]+)\/capability\.yaml$/.exec(path)?.[1] ?? []);
}

function textOf(snapshot: Snapshot, path: string): string | undefined {
  const bytes = snapshot.entry(path) === undefined ? undefined : snapshot.read(path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}
