import type { Entity } from '../catalog/entity.ts';
import { type Finding, hasErrors } from '../finding/finding.ts';
import { sortFindings } from '../finding/sort-findings.ts';
import { serviceFile } from '../layout/paths.ts';
import type { EvaluatedService } from '../platform/evaluate-platform.ts';
import type { Platform } from '../platform/platform.ts';
import type { WaiversInForce } from '../waiver/waivers-in-force.ts';
import { type CatalogView, catalogView } from './catalog-view.ts';
import { checkService, scopesOf } from './check-service.ts';
import type { CheckedFiles } from './checked-files.ts';
import type { DeployedObjects } from './deployed-objects.ts';
import { mergeOccurrences } from './merge-occurrences.ts';
import type { PolicyEngine } from './policy-engine.ts';
import { judge, type Subject } from './subject.ts';
import { entitySubject, fileSubject, type OfService, ownSubject, scoreSubjects } from './written-subjects.ts';

export interface CheckInput {
  readonly platform: Platform;
  readonly engine: PolicyEngine;
  readonly waivers: WaiversInForce;
  readonly files: CheckedFiles;
  /** The names of the environments that are looked at. */
  readonly environments: readonly string[];
  readonly deployed?: DeployedObjects | undefined;
}

/** What policies say of a platform, and how much they were asked: zero of it is never a pass. */
export interface CheckedPlatform {
  readonly findings: readonly Finding[];
  /** Rendered objects. */
  readonly objects: number;
  readonly entities: number;
  /** Score files in their environments, documents of our own kinds, workflows, Dockerfiles. */
  readonly documents: number;
  /** Of the findings: those of which nobody can say here whether they are violations. */
  readonly inconclusive: number;
}

/**
 * Judges a platform by its policies, one service after the other, so that it needs the memory of one: all that a
 * service renders and all that is written of it, and at the end what belongs to no service.
 */
export class PlatformCheck {
  private readonly input: CheckInput;
  private readonly view: CatalogView;
  private readonly broken: (entity: Pick<Entity, 'source'> & Partial<Entity>) => boolean;
  private readonly entities: ReadonlyMap<string, readonly Entity[]>;
  private readonly found: Finding[] = [];
  private readonly seen = { objects: 0, entities: 0, documents: 0, inconclusive: 0 };

  constructor(input: CheckInput) {
    this.input = input;
    this.view = catalogView(input.platform);
    this.broken = brokenBy(input.platform.findings);
    this.entities = entitiesByFolder(input.platform.catalog.entities);
  }

  /** Judges one service. */
  service(evaluated: EvaluatedService): void {
    const { service } = evaluated;
    const { platform, files, deployed, environments } = this.input;
    const checked = checkService(evaluated, this.input, deployed);
    this.found.push(...checked.findings);
    this.seen.objects += checked.objects;
    this.seen.inconclusive += checked.inconclusive;
    const ofService: OfService = { service, scopes: scopesOf(evaluated), view: this.view };
    this.judgeEntities(service, ofService.scopes);
    const loaded = platform.workloads.get(service);
    if (loaded === undefined || hasErrors(loaded.findings)) return;
    const { workload } = loaded;
    this.judgeDocuments(scoreSubjects(workload, environments, ofService));
    if (workload.lock !== undefined) this.judgeDocuments([ownSubject(workload.lock.source, this.view, ofService)]);
    const dockerfiles = files.dockerfiles(service);
    this.found.push(...dockerfiles.findings);
    this.judgeDocuments(dockerfiles.documents.map((document) => fileSubject(document, this.view, ofService)));
  }

  /** Judges what belongs to none of the services that were judged. */
  rest(judged: ReadonlySet<string>): void {
    const { platform, files, environments } = this.input;
    for (const folder of this.entities.keys()) if (!judged.has(folder)) this.judgeEntities(folder);
    const sources = [
      ...files.own,
      ...[...platform.environments.values()].flatMap(({ name, source }) => (environments.includes(name) ? source : [])),
      ...[...platform.capabilities.values()].map(({ source }) => source),
    ];
    this.judgeDocuments(files.workflows.map((workflow) => fileSubject(workflow, this.view)));
    this.judgeDocuments(sources.map((source) => (this.broken({ source }) ? undefined : ownSubject(source, this.view))));
  }

  get result(): CheckedPlatform {
    return { ...this.seen, findings: sortFindings(this.found) };
  }

  private judgeEntities(folder: string, scopes?: OfService['scopes']): void {
    const entities = (this.entities.get(folder) ?? []).filter((entity) => !this.broken(entity));
    this.seen.entities += this.judgeAll(entities.map((entity) => entitySubject(entity, this.view, scopes)));
  }

  private judgeDocuments(subjects: Iterable<Subject | undefined>): void {
    this.seen.documents += this.judgeAll(subjects);
  }

  private judgeAll(subjects: Iterable<Subject | undefined>): number {
    const { environments } = this.input;
    let judged = 0;
    const occurrences = [...subjects].flatMap((subject) => {
      if (subject === undefined) return [];
      judged += 1;
      return judge(subject, this.input);
    });
    const merged = mergeOccurrences(occurrences, environments);
    this.found.push(...merged.findings);
    this.seen.inconclusive += merged.inconclusive;
    return judged;
  }
}

function entitiesByFolder(entities: readonly Entity[]): ReadonlyMap<string, readonly Entity[]> {
  const byFolder = new Map<string, Entity[]>();
  for (const entity of entities) {
    const folder = serviceFile(entity.source.path)?.folder ?? '';
    const those = byFolder.get(folder);
    if (those === undefined) byFolder.set(folder, [entity]);
    else those.push(entity);
  }
  return byFolder;
}

/**
 * What has an error already says nothing certain of itself, and one mistake is one finding: as of rendered objects,
 * policies see only what is right in itself.
 */
function brokenBy(findings: readonly Finding[]) {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const subjects = new Set(errors.flatMap(({ subject, path }) => (subject === undefined ? [] : `${subject} ${path}`)));
  const paths = new Set(errors.flatMap(({ subject, path }) => (subject === undefined ? (path ?? []) : [])));
  return ({ ref, source }: Pick<Entity, 'source'> & Partial<Entity>): boolean =>
    paths.has(source.path) || (ref !== undefined && subjects.has(`${ref} ${source.path}`));
}
