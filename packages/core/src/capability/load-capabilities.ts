import { digestOfBytes, digestOfJson } from '../digest/digest.ts';
import { decodeText } from '../digest/text.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding, Outcome, Position } from '../finding/finding.ts';
import { type Json, property, stringOf } from '../json/json.ts';
import { LazyMap } from '../json/lazy-map.ts';
import { once } from '../json/once.ts';
import { CustomTypes } from '../kubernetes/custom-types.ts';
import { capabilityFile, isDefinition, isRenderRelevant, isYaml } from '../layout/paths.ts';
import { type CapabilityDocument, capabilitySchema } from '../schema/capability.schema.ts';
import { documentFindings } from '../schema/document-findings.ts';
import type { Snapshot, SnapshotEntry } from '../snapshot/snapshot.ts';
import { lineMap } from '../source/line-map.ts';
import { readSource, type Source } from '../source/source.ts';
import type { Store } from '../store/store.ts';
import { checkTemplate } from '../template/check-template.ts';
import { parseTemplate, type Template, type TemplateMode } from '../template/template.ts';
import type { Capability, Dashboard, OutputTemplate, ScaffoldFile } from './capability.ts';
import { capabilityRules } from './capability-rules.ts';
import { PackageCapability } from './package-capability.ts';
import { requirementFindings } from './requirement-findings.ts';
import { deployContext, scaffoldContext } from './template-context.ts';

const deployFolder = 'templates/deploy/';
const scaffoldFolder = 'templates/scaffold/';
const partsWithTemplates = ['deploy', 'patches', 'alerts', 'dashboards', 'scaffold', 'outputs'] as const;
/** The folders of a package that the platform reads. */
const readFolders = [deployFolder, scaffoldFolder, 'patches/', 'policies/', 'alerts/', 'dashboards/'];

/**
 * Reads every package below capabilities/, whole: its document by its schema, its templates against what
 * they will see, and its requirements against the others. A capability with an error is left out; those who use it get a finding that says so.
 */
export function loadCapabilities(
  snapshot: Snapshot,
  environmentValues: Json | undefined,
  store?: Store,
): Outcome<ReadonlyMap<string, Capability>> & { readonly value: ReadonlyMap<string, Capability> } {
  const findings: Finding[] = [];
  const capabilities = new Map<string, Capability>();
  const broken = new Set<string>();
  for (const [folder, files] of byFolder(snapshot)) {
    const loaded = new PackageReader(snapshot, folder, files, environmentValues, store).read();
    findings.push(...loaded.findings);
    if (loaded.value === undefined) broken.add(folder);
    else capabilities.set(loaded.value.name, loaded.value);
  }
  const unmet = requirementFindings(capabilities, broken);
  const usable = new Map([...capabilities].filter(([name]) => !unmet.has(name)));
  return { value: usable, findings: [...findings, ...[...unmet.values()].flat()] };
}

/**
 * The same of packages that are known to be right: each is read when somebody asks for it, and a part of it when somebody
 * asks for that. Nothing is checked again.
 */
export function knownCapabilities(
  snapshot: Snapshot,
  environmentValues: Json | undefined,
): ReadonlyMap<string, Capability> {
  const folders = byFolder(snapshot);
  return new LazyMap(folders.keys(), (folder) => {
    const files = folders.get(folder) ?? new Map<string, SnapshotEntry>();
    const { value } = new PackageReader(snapshot, folder, files, environmentValues, undefined, false).read();
    if (value === undefined) throw new Error(`capabilities/${folder} was known to be right, and is not`);
    return value;
  });
}

function startOf(path: string): Position {
  return { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** The place of a field's name in a package.json, else of the file's start. */
function placeOf(path: string, text: string, field: string | undefined): Position {
  const start = field === undefined ? -1 : text.indexOf(`"${field}"`);
  if (start < 0) return startOf(path);
  return lineMap(text).position(path, { start, end: start + `"${field}"`.length });
}

/** Which files of a folder are templates of a kind; a README beside them is none. */
function hasMode(file: string, mode: TemplateMode): boolean {
  if (mode === 'text') return true;
  return mode === 'yaml' ? isYaml(file) : file.endsWith('.json');
}

type PackageFiles = ReadonlyMap<string, SnapshotEntry>;

function byFolder(snapshot: Snapshot): ReadonlyMap<string, PackageFiles> {
  const folders = new Map<string, Map<string, SnapshotEntry>>();
  for (const entry of snapshot.list()) {
    const place = capabilityFile(entry.path);
    if (place === undefined || entry.path.includes('/node_modules/')) continue;
    const files = folders.get(place.folder) ?? new Map<string, SnapshotEntry>();
    files.set(place.file, entry);
    folders.set(place.folder, files);
  }
  return folders;
}

class PackageReader {
  private readonly findings: Finding[] = [];
  private readonly snapshot: Snapshot;
  private readonly folder: string;
  private readonly files: PackageFiles;
  private readonly environmentValues: Json | undefined;
  private readonly store: Store | undefined;
  private readonly checks: boolean;

  constructor(
    snapshot: Snapshot,
    folder: string,
    files: PackageFiles,
    environmentValues: Json | undefined,
    store: Store | undefined,
    checks = true,
  ) {
    this.checks = checks;
    this.snapshot = snapshot;
    this.folder = folder;
    this.files = files;
    this.environmentValues = environmentValues;
    this.store = store;
  }

  read(): Outcome<Capability> {
    const entry = this.files.get('capability.yaml');
    if (entry === undefined) {
      return {
        findings: [
          {
            code: 'capability/missing',
            severity: 'error',
            message: `capabilities/${this.folder} has no capability.yaml`,
            hint: 'add it, or remove the folder',
            ...startOf([...this.files.values()][0]?.path ?? `capabilities/${this.folder}`),
          },
        ],
      };
    }
    const { source, findings } = readSource(this.snapshot, entry, this.store);
    if (source === undefined) return { findings };
    const problems = this.checks ? documentFindings('capability', capabilitySchema, source) : [];
    if (problems.length > 0) return { findings: problems };
    const document = source.documents[0] as unknown as CapabilityDocument;
    if (this.checks) this.checkDocument(source, document);
    const capability = this.capability(source, document);
    if (this.checks) for (const part of partsWithTemplates) capability[part];
    const failed = this.findings.some((finding) => finding.severity === 'error');
    return failed ? { findings: this.findings } : { value: capability, findings: this.findings };
  }

  private checkDocument(source: Source, document: CapabilityDocument): void {
    this.findings.push(...this.linkedFolders());
    for (const rule of capabilityRules)
      this.findings.push(...rule({ folder: this.folder, files: [...this.files.keys()], source, document }));
  }

  /** Its parts are read when they are asked for; what is wrong with each is found then. */
  private capability(source: Source, document: CapabilityDocument): Capability {
    const context = once(() => deployContext(document, this.environmentValues));
    const templates = (folder: string) =>
      once(() => this.templates(folder, 'yaml', context).map(({ template }) => template));
    return new PackageCapability(
      {
        name: document.metadata.name,
        version: this.version(),
        folder: `capabilities/${this.folder}`,
        document,
        source,
        crds: new CustomTypes(() =>
          [...this.files]
            .filter(([file]) => isDefinition(file))
            .map(([, entry]) => readSource(this.snapshot, entry, this.store)),
        ),
      },
      {
        integrity: once(() => this.integrity()),
        deploy: templates(deployFolder),
        patches: templates('patches/'),
        alerts: templates('alerts/'),
        dashboards: once(() => this.dashboards(context)),
        scaffold: once(() => this.scaffold(document)),
        outputs: once(() => this.outputs(source, document, context)),
      },
    );
  }

  private scaffold(document: CapabilityDocument): readonly ScaffoldFile[] {
    const context = once(() => scaffoldContext(document));
    return this.templates(scaffoldFolder, 'text', context).map(({ template, entry, file }) => ({
      path: file.slice(scaffoldFolder.length),
      template,
      executable: entry.mode === '100755',
    }));
  }

  /** git keeps nothing below a link: templates and policies would be missing without a word. */
  private linkedFolders(): readonly Finding[] {
    return [...this.files].flatMap(([file, entry]): readonly Finding[] => {
      const link = entry.mode === '120000' || entry.mode === '160000';
      if (!link || !readFolders.some((folder) => folder.startsWith(`${file}/`))) return [];
      const what = entry.mode === '120000' ? 'a symbolic link' : 'another repository';
      const message = `${what} is not followed, and nothing below it is read`;
      return [
        {
          code: 'capability/symlink',
          severity: 'error',
          message,
          hint: 'put the folder itself here',
          path: entry.path,
        },
      ];
    });
  }

  /** The version is npm's: package.json says it. */
  private version(): string {
    const path = `capabilities/${this.folder}/package.json`;
    const bytes = this.files.has('package.json') ? this.snapshot.read(path) : undefined;
    const text = bytes === undefined ? '' : (decodeText(bytes) ?? '');
    const refuse = (message: string, hint: string, field?: 'name' | 'version'): string => {
      const place =
        bytes === undefined ? startOf(`capabilities/${this.folder}/capability.yaml`) : placeOf(path, text, field);
      this.findings.push({ code: 'capability/version', severity: 'error', message, hint, ...place });
      return '0.0.0';
    };
    if (bytes === undefined)
      return refuse(
        'a capability has a package.json',
        `add one with "name": "capability-${this.folder}" and a "version"`,
      );
    try {
      const manifest: unknown = JSON.parse(text);
      const version = stringOf(property(manifest, 'version'));
      if (stringOf(property(manifest, 'name')) !== `capability-${this.folder}`) {
        return refuse(
          `the package is not named "capability-${this.folder}"`,
          `write "name": "capability-${this.folder}"`,
          'name',
        );
      }
      return version !== undefined && /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)
        ? version
        : refuse('"version" is not a semantic version', 'write "version": "1.0.0"', 'version');
    } catch {
      return refuse('package.json is not JSON', 'mend it');
    }
  }

  private integrity(): Capability['integrity'] {
    const files: Record<string, Json> = {};
    for (const [file, entry] of this.files) {
      const bytes = isRenderRelevant(file) ? this.snapshot.read(entry.path) : undefined;
      if (bytes !== undefined) files[file] = digestOfBytes(bytes);
    }
    return digestOfJson({ schema: 'idp.internal/capability/v1', files });
  }

  private templates(
    folder: string,
    mode: TemplateMode,
    context: () => Json,
  ): readonly { readonly template: Template; readonly entry: SnapshotEntry; readonly file: string }[] {
    return [...this.files]
      .filter(([file]) => file.startsWith(folder) && hasMode(file, mode))
      .flatMap(([file, entry]) => {
        const at = { path: entry.path, line: 1, column: 1 };
        if (entry.mode === '120000') {
          this.findings.push({
            code: 'capability/symlink',
            severity: 'error',
            message: 'a symbolic link is not followed',
            hint: 'put the file itself here',
            ...at,
          });
          return [];
        }
        const bytes = this.snapshot.read(entry.path);
        const text = bytes && decodeText(bytes);
        if (text === undefined) {
          this.findings.push({
            code: 'source/not-utf8',
            severity: 'error',
            message: 'the template is not UTF-8',
            hint: 'save it as UTF-8',
            ...at,
          });
          return [];
        }
        const template = this.template({ path: entry.path, text, mode }, context);
        return template === undefined ? [] : [{ template, entry, file }];
      });
  }

  private dashboards(context: () => Json): readonly Dashboard[] {
    return this.templates('dashboards/', 'json', context).flatMap(({ template, entry, file }) => {
      const name = file.slice('dashboards/'.length, -'.json'.length);
      if (/^[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?$/.test(name)) return [{ name, template }];
      this.findings.push({
        code: 'capability/dashboard-name',
        severity: 'error',
        message: `${quote(file)} cannot be a part of an object's name`,
        hint: 'call it by lower-case letters, digits and `-`, at most 20, directly in `dashboards/`: `dashboards/latency.json`',
        ...startOf(entry.path),
      });
      return [];
    });
  }

  private template(
    input: { path: string; text: string; mode: TemplateMode; within?: () => Position },
    context: () => Json,
  ): Template | undefined {
    const { template, findings } = parseTemplate(input);
    this.findings.push(...findings);
    if (template !== undefined && this.checks) this.findings.push(...checkTemplate(template, context()));
    return template;
  }

  private outputs(
    source: Source,
    document: CapabilityDocument,
    context: () => Json,
  ): ReadonlyMap<string, OutputTemplate> {
    const outputs = new Map<string, OutputTemplate>();
    const at = (text: string, ...pointer: readonly string[]): Template | undefined =>
      this.template(
        { path: source.path, text, mode: 'text', within: once(() => source.locate(['spec', 'outputs', ...pointer])) },
        context,
      );
    for (const [name, { schema, value, secret }] of Object.entries(document.spec.outputs ?? {})) {
      if (value !== undefined) {
        const template = at(value, name, 'value');
        if (template !== undefined) outputs.set(name, { kind: 'value', value: template, schema });
      } else if (secret !== undefined) {
        const secretName = at(secret.name, name, 'secret', 'name');
        const key = at(secret.key, name, 'secret', 'key');
        if (secretName !== undefined && key !== undefined)
          outputs.set(name, { kind: 'secret', name: secretName, key, schema, reach: secret.reach ?? 'namespace' });
      }
    }
    return outputs;
  }
}
