import { digestOfBytes, digestOfJson } from '../digest/digest.ts';
import { decodeText } from '../digest/text.ts';
import { quote } from '../finding/did-you-mean.ts';
import { fileStart } from '../finding/file-start.ts';
import type { Finding, Outcome } from '../finding/finding.ts';
import type { Json } from '../json/json.ts';
import { once } from '../json/once.ts';
import { CustomTypes } from '../kubernetes/custom-types.ts';
import { isDefinition, isRenderRelevant, isYaml } from '../layout/paths.ts';
import { type CapabilityDocument, capabilitySchema } from '../schema/capability.schema.ts';
import { documentFindings } from '../schema/document-findings.ts';
import type { SnapshotEntry } from '../snapshot/snapshot.ts';
import { readSource, type Source } from '../source/source.ts';
import type { KeptText, Store } from '../store/store.ts';
import { checkTemplate } from '../template/check-template.ts';
import { parseTemplate, type Template, type TemplateInput, type TemplateMode } from '../template/template.ts';
import type { Capability, Dashboard, OutputTemplate, ScaffoldFile } from './capability.ts';
import { capabilityRules } from './capability-rules.ts';
import { PackageCapability } from './package-capability.ts';
import type { PackageFolder } from './package-folder.ts';
import { packageVersion } from './package-version.ts';
import { deployContext, scaffoldContext } from './template-context.ts';

const deployFolder = 'templates/deploy/';
const scaffoldFolder = 'templates/scaffold/';
const partsWithTemplates = ['deploy', 'patches', 'alerts', 'dashboards', 'scaffold', 'outputs'] as const;
/** The folders of a package that the platform reads. */
const readFolders = [deployFolder, scaffoldFolder, 'patches/', 'policies/', 'alerts/', 'dashboards/'];

/** How packages are read. */
export interface Reading {
  /** The schema of the values of environments, which templates see. */
  readonly environmentValues: Json | undefined;
  readonly store: Store | undefined;
  /** `false` of packages that are known to be right: nothing is checked again, and a part is read when somebody asks for it. */
  readonly checks: boolean;
}

/** Reads one package whole: its document, its templates against what they will see, and what it says of itself. */
export class PackageReader {
  private readonly findings: Finding[] = [];
  private readonly folder: PackageFolder;
  private readonly reading: Reading;

  constructor(folder: PackageFolder, reading: Reading) {
    this.folder = folder;
    this.reading = reading;
  }

  /** @returns no value where something of it is an error */
  read(): Outcome<Capability> {
    const entry = this.folder.files.get('capability.yaml');
    if (entry === undefined) {
      return {
        findings: [
          {
            code: 'capability/missing',
            severity: 'error',
            message: `capabilities/${this.folder.name} has no capability.yaml`,
            hint: 'add it, or remove the folder',
            ...fileStart([...this.folder.files.values()][0]?.path ?? `capabilities/${this.folder.name}`),
          },
        ],
      };
    }
    const { source, findings } = readSource(this.folder.snapshot, entry, this.reading.store);
    if (source === undefined) return { findings };
    const problems = this.reading.checks ? documentFindings('capability', capabilitySchema, source) : [];
    if (problems.length > 0) return { findings: problems };
    const document = source.documents[0] as unknown as CapabilityDocument;
    if (this.reading.checks) this.checkDocument(source, document);
    const capability = this.capability(source, document);
    if (this.reading.checks) for (const part of partsWithTemplates) capability[part];
    const failed = this.findings.some((finding) => finding.severity === 'error');
    return failed ? { findings: this.findings } : { value: capability, findings: this.findings };
  }

  private checkDocument(source: Source, document: CapabilityDocument): void {
    this.findings.push(...linkedFolders(this.folder.files));
    for (const rule of capabilityRules)
      this.findings.push(...rule({ folder: this.folder.name, files: [...this.folder.files.keys()], source, document }));
  }

  /** Its parts are read when they are asked for; what is wrong with each is found then. */
  private capability(source: Source, document: CapabilityDocument): Capability {
    const context = once(() => deployContext(document, this.reading.environmentValues));
    const version = packageVersion(this.folder);
    this.findings.push(...version.findings);
    const templates = (folder: string) =>
      once(() => this.templates(folder, 'yaml', context).map(({ template }) => template));
    return new PackageCapability(
      {
        name: document.metadata.name,
        version: version.value,
        folder: `capabilities/${this.folder.name}`,
        document,
        source,
        crds: new CustomTypes(() =>
          [...this.folder.files]
            .filter(([file]) => isDefinition(file))
            .map(([, entry]) => ({
              read: () => readSource(this.folder.snapshot, entry),
              kept: this.kept(() => entry.oid),
            })),
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

  private integrity(): Capability['integrity'] {
    const files: Record<string, Json> = {};
    for (const [file, entry] of this.folder.files) {
      const bytes = isRenderRelevant(file) ? this.folder.snapshot.read(entry.path) : undefined;
      if (bytes !== undefined) files[file] = digestOfBytes(bytes);
    }
    return digestOfJson({ schema: 'idp.internal/capability/v1', files });
  }

  private templates(
    folder: string,
    mode: TemplateMode,
    context: () => Json,
  ): readonly { readonly template: Template; readonly entry: SnapshotEntry; readonly file: string }[] {
    return [...this.folder.files]
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
        const bytes = this.folder.snapshot.read(entry.path);
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
        const kept = this.kept(() => entry.oid);
        const template = this.template({ path: entry.path, text, mode, kept }, context);
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
        ...fileStart(entry.path),
      });
      return [];
    });
  }

  /** @param id is asked for where there is a store: an overlay has to compute it */
  private kept(id: () => string): KeptText | undefined {
    const { store } = this.reading;
    return store && { store, id: id() };
  }

  private template(input: TemplateInput, context: () => Json): Template | undefined {
    const { template, findings } = parseTemplate(input);
    this.findings.push(...findings);
    if (template !== undefined && this.reading.checks) this.findings.push(...checkTemplate(template, context()));
    return template;
  }

  private outputs(
    source: Source,
    document: CapabilityDocument,
    context: () => Json,
  ): ReadonlyMap<string, OutputTemplate> {
    const outputs = new Map<string, OutputTemplate>();
    const at = (text: string, ...pointer: readonly string[]): Template | undefined => {
      const within = once(() => source.locate(['spec', 'outputs', ...pointer]));
      const kept = this.kept(() => `${source.oid}${JSON.stringify(pointer)}`);
      return this.template({ path: source.path, text, mode: 'text', within, kept }, context);
    };
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

/** git keeps nothing below a link: templates and policies would be missing without a word. */
function linkedFolders(files: PackageFolder['files']): readonly Finding[] {
  return [...files].flatMap(([file, entry]): readonly Finding[] => {
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

/** Which files of a folder are templates of a kind; a README beside them is none. */
function hasMode(file: string, mode: TemplateMode): boolean {
  if (mode === 'text') return true;
  return mode === 'yaml' ? isYaml(file) : file.endsWith('.json');
}
