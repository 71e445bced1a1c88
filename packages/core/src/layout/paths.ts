/** The places of the platform's files (design, sections 3 and 4). */
export const platformFile = 'idp.yaml';

/** What the organisation's own cluster says of its types (`idp schemas`). */
export const clusterSchemasFile = 'schemas/kubernetes.json';

const servicePattern = /^services\/([^/]+)\/(.+)$/;
const capabilityPattern = /^capabilities\/([^/]+)\/(.+)$/;
const environmentPattern = /^environments\/([^/]+)\.ya?ml$/;
const overridePattern = /^environments\/([^/]+)\.ya?ml$/;

export interface InFolder {
  readonly folder: string;
  /** Relative to the folder. */
  readonly file: string;
}

/** The folder below services/ that a path is in: what `serviceFile` says, without the file, for who asks of every path. */
export function serviceFolder(path: string): string | undefined {
  const end = path.startsWith('services/') ? path.indexOf('/', 'services/'.length) : -1;
  return end < 0 ? undefined : path.slice('services/'.length, end);
}

export function serviceFile(path: string): InFolder | undefined {
  if (!path.startsWith('services/')) return undefined;
  const match = servicePattern.exec(path);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { folder: match[1], file: match[2] };
}

export function capabilityFile(path: string): InFolder | undefined {
  if (!path.startsWith('capabilities/')) return undefined;
  const match = capabilityPattern.exec(path);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { folder: match[1], file: match[2] };
}

/** The name in `environments/<name>.yaml`. */
export function environmentFile(path: string): string | undefined {
  return path.startsWith('environments/') ? environmentPattern.exec(path)?.[1] : undefined;
}

/** Where the lock of a service lies. */
export function lockFile(service: string): string {
  return `services/${service}/.idp/lock.yaml`;
}

/** The environment of `services/<name>/environments/<environment>.yaml`; the file is relative to the service. */
export function overrideFile(file: string): string | undefined {
  return overridePattern.exec(file)?.[1];
}

export function isYaml(path: string): boolean {
  return path.endsWith('.yaml') || path.endsWith('.yml');
}

/** The places of a platform's catalog; the file in the root is where other people's repositories begin. */
export function isCatalogFile(path: string): boolean {
  if (path.startsWith('catalog/')) return isYaml(path);
  return /^(services\/[^/]+\/)?catalog-info\.ya?ml$/.test(path);
}

/** Where somebody who runs Backstage from their repository names the files of its catalog. */
export const appConfigFile = 'app-config.yaml';

const foreignCatalogPattern = /(^|\/)catalog-info\.ya?ml$/;
const notOurs = /(^|\/)(node_modules|\.[^/]+)\/|^capabilities\//;

/** The catalog files of a repository that is not laid out as a platform: the name that Backstage's discovery looks for. */
export function isForeignCatalogFile(path: string): boolean {
  return foreignCatalogPattern.test(path) && !notOurs.test(path);
}

const waiverPattern = /^policies\/waivers\/(?:.*\/)?([^/]+)\.ya?ml$/;

/** The name in `policies/waivers/<name>.yaml`, which may lie in folders of its own there. */
export function waiverFile(path: string): string | undefined {
  return path.startsWith('policies/') ? waiverPattern.exec(path)?.[1] : undefined;
}

/** Policies are all YAML files below policies/ and below `policies/` of a capability, but for the examples that show them. */
export function isPolicyFile(path: string): boolean {
  if (path.startsWith('services/') || !isYaml(path) || path.includes('/fixtures/')) return false;
  return path.startsWith('policies/')
    ? waiverFile(path) === undefined
    : policyOwner(path) !== undefined && !path.includes('/node_modules/');
}

/** The workflows of GitHub Actions: files directly in this folder (GitHub documentation, "Workflow syntax"). */
export function isWorkflowFile(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

/** As policies and waivers call a workflow: its file, without the ending. */
export function workflowName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
}

const dockerfilePattern =
  /^services\/([^/]+)\/(?:.+\/)?(?:(?:Docker|Container)file(?:\.(?!dockerignore$)[^/]+)?|(?:docker|container)file|[^/]+\.(?:[Dd]ocker|[Cc]ontainer)file)$/;

/**
 * The service whose Dockerfile this is: one by the names that `docker build`, Podman and editors know, anywhere in its
 * folder. `Dockerfile.<what>` is one, `Dockerfile.dockerignore` (docker build, "Filename and location") is none.
 */
export function dockerfileService(path: string): string | undefined {
  return path.includes('/node_modules/') ? undefined : dockerfilePattern.exec(path)?.[1];
}

/** Files that are no part of a platform, and that only policies look at. */
export function isCheckedPath(path: string): boolean {
  return isWorkflowFile(path) || dockerfileService(path) !== undefined;
}

/** What shows policies of `policies/`: those below a folder `fixtures`. */
export function isPolicyExample(path: string): boolean {
  return path.startsWith('policies/') && path.includes('/fixtures/');
}

/** The capability whose policy this is: it judges that capability's users. The platform's own judge everything. */
export function policyOwner(path: string): string | undefined {
  const place = capabilityFile(path);
  return place?.file.startsWith('policies/') ? place.folder : undefined;
}

const renderFolders = ['templates/deploy/', 'patches/', 'alerts/', 'dashboards/'];

/** The files of a capability that decide what is rendered: its integrity and the release's digest are over these. */
export function isRenderRelevant(file: string): boolean {
  return file === 'capability.yaml' || renderFolders.some((folder) => file.startsWith(folder));
}

/** The CustomResourceDefinitions of a capability: what it renders is checked by them. */
export function isDefinition(file: string): boolean {
  return file.startsWith('crds/') && isYaml(file);
}

/** Whether the files of the platform may be below this path, which is not one of them itself. */
export function isPlatformFolder(path: string): boolean {
  if (isPlatformPath(path)) return false;
  const [top = '', name, inner, ...deeper] = path.split('/');
  if (top === 'catalog' || top === 'policies') return true;
  if (!['services', 'capabilities', 'environments'].includes(top)) return false;
  if (inner === undefined) return name === undefined || top !== 'environments';
  return top === 'services' && ['.idp', 'environments'].includes(inner) && deeper.length === 0;
}

/** Which files the pipeline reads; everything else of a repository is never loaded. */
export function isPlatformPath(path: string): boolean {
  if (path === platformFile || path === clusterSchemasFile || isCatalogFile(path) || isPolicyFile(path)) return true;
  if (environmentFile(path) !== undefined || waiverFile(path) !== undefined) return true;
  const service = serviceFile(path);
  if (service !== undefined) {
    return (
      service.file === 'score.yaml' || service.file === '.idp/lock.yaml' || overrideFile(service.file) !== undefined
    );
  }
  return capabilityFile(path) !== undefined && !path.includes('/node_modules/');
}
