import type { Entity } from '../catalog/entity.ts';
import { type Finding, hasErrors } from '../finding/finding.ts';
import { once } from '../json/once.ts';
import { serviceFile, waiverFile } from '../layout/paths.ts';
import type { EvaluatedService } from '../platform/evaluate-platform.ts';
import type { Platform } from '../platform/platform.ts';
import type { Source } from '../source/source.ts';
import type { WaiversInForce } from '../waiver/waivers-in-force.ts';
import { type CatalogView, catalogView } from './catalog-view.ts';
import { checkService, scopesOf } from './check-service.ts';
import type { CheckedFiles } from './checked-files.ts';
import type { DeployedObjects } from './deployed-objects.ts';
import type { FileDocument } from './file-document.ts';
import { mergeOccurrences, type Occurrence } from './merge-occurrences.ts';
import type { PolicyEngine } from './policy-engine.ts';
import { judge, type Subject } from './subject.ts';
import { type WrittenBefore, writtenUnknown } from './written-before.ts';
import {
  entitySubject,
  fileSubject,
  type OfService,
  ownSubject,
  replacing,
  scoreSubjects,
} from './written-subjects.ts';

export interface CheckInput {
  readonly platform: Platform;
  readonly engine: PolicyEngine;
  readonly waivers: WaiversInForce;
  readonly files: CheckedFiles;
  /** The names of the environments that are looked at. */
  readonly environments: readonly string[];
  readonly deployed?: DeployedObjects | undefined;
  readonly before?: WrittenBefore | undefined;
}

/** What policies say of a part of a platform, and how much they were asked: zero of it is never a pass. */
export interface Judged {
  readonly findings: readonly Finding[];
  /** Rendered objects. */
  readonly objects: number;
  readonly entities: number;
  /** Score files in their environments, documents of our own kinds, workflows, Dockerfiles. */
  readonly documents: number;
  /** Of the findings: those of which nobody can say here whether they are violations. */
  readonly inconclusive: number;
}

/** The sum of what was judged in parts; their findings one after the other, not sorted. */
export function judgedTogether(parts: Iterable<Judged>): Judged {
  const sum = { objects: 0, entities: 0, documents: 0, inconclusive: 0 };
  const findings: Finding[] = [];
  for (const part of parts) {
    for (const finding of part.findings) findings.push(finding);
    sum.objects += part.objects;
    sum.entities += part.entities;
    sum.documents += part.documents;
    sum.inconclusive += part.inconclusive;
  }
  return { ...sum, findings };
}

/**
 * Judges a platform by its policies, one service after the other, so that it needs the memory of one: all that is written
 * of it and all that it renders; and what belongs to no service.
 */
export class PlatformCheck {
  private readonly input: CheckInput;
  private readonly view: CatalogView;
  private readonly before: WrittenBefore;
  private readonly broken: (entity: Pick<Entity, 'source'> & Partial<Entity>) => boolean;
  private readonly entities: () => ReadonlyMap<string, readonly Entity[]>;

  constructor(input: CheckInput) {
    const { platform } = input;
    this.input = input;
    this.before = input.before ?? writtenUnknown;
    this.view = catalogView(platform);
    this.broken = brokenBy(platform.findings);
    this.entities = once(() => entitiesByFolder(platform.catalog.entities));
  }

  /** What a service renders, and its files but for its entities. */
  service(evaluated: EvaluatedService): Judged {
    const { service } = evaluated;
    const { platform, files, deployed, environments } = this.input;
    const rendered: Judged = { ...checkService(evaluated, this.input, deployed), entities: 0, documents: 0 };
    const loaded = platform.workloads.get(service);
    if (loaded === undefined || hasErrors(loaded.findings)) return rendered;
    const { workload } = loaded;
    const ofService: OfService = { service, scopes: scopesOf(evaluated), view: this.view };
    const dockerfiles = files.dockerfiles(service);
    const documents = this.documents([
      ...this.scores(scoreSubjects(workload, environments, ofService), service),
      workload.lock && this.own(workload.lock.source, ofService),
      ...dockerfiles.documents.map((document) => this.file(document, ofService)),
    ]);
    return judgedTogether([rendered, documents, { ...nothing, findings: dockerfiles.findings }]);
  }

  /** The entities in the folder of a service. */
  entitiesOf(evaluated: EvaluatedService): Judged {
    return this.entitiesIn(evaluated.service, scopesOf(evaluated));
  }

  /** What belongs to none of the services that were judged. */
  rest(judged: ReadonlySet<string>): Judged {
    const { platform, files, environments } = this.input;
    const sources = [
      ...files.own,
      ...[...platform.environments.values()].flatMap(({ name, source }) => (environments.includes(name) ? source : [])),
      ...[...platform.capabilities.values()].map(({ source }) => source),
    ];
    const folders = [...this.entities().keys()].filter((folder) => !judged.has(folder));
    return judgedTogether([
      ...folders.map((folder) => this.entitiesIn(folder)),
      this.documents(files.workflows.map((workflow) => this.file(workflow))),
      this.documents(sources.map((source) => (this.broken({ source }) ? undefined : this.own(source)))),
    ]);
  }

  private entitiesIn(folder: string, scopes?: OfService['scopes']): Judged {
    const entities = (this.entities().get(folder) ?? []).filter((entity) => !this.broken(entity));
    const { judged, ...found } = this.judgeAll(entities.map((entity) => this.entity(entity, scopes)));
    return { ...nothing, ...found, entities: judged };
  }

  private entity(entity: Entity, scopes?: OfService['scopes']): Subject | undefined {
    const subject = entitySubject(entity, this.view, scopes);
    return subject && replacing(subject, this.before.entity(entity.ref));
  }

  private own(source: Source, service?: OfService): Subject | undefined {
    const subject = ownSubject(source, this.view, service);
    return subject && replacing(subject, this.before.file(source.path));
  }

  private file(document: FileDocument, service?: OfService): Subject {
    return replacing(fileSubject(document, this.view, service), this.before.file(document.path));
  }

  private *scores(subjects: Iterable<Subject>, service: string): Generator<Subject> {
    for (const subject of subjects) yield replacing(subject, this.before.score(service, subject.environment ?? ''));
  }

  private documents(subjects: Iterable<Subject | undefined>): Judged {
    const { judged, ...found } = this.judgeAll(subjects);
    return { ...nothing, ...found, documents: judged };
  }

  private judgeAll(subjects: Iterable<Subject | undefined>) {
    let judged = 0;
    const occurrences: Occurrence[] = [];
    for (const subject of subjects) {
      if (subject === undefined) continue;
      judged += 1;
      occurrences.push(...judge(subject, this.input));
    }
    return { judged, ...mergeOccurrences(occurrences, this.input.environments) };
  }
}

const nothing: Judged = { findings: [], objects: 0, entities: 0, documents: 0, inconclusive: 0 };

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
  // The subject of a waiver is another file.
  const ofFile = errors.filter(({ subject, path = '' }) => subject === undefined || waiverFile(path) !== undefined);
  const paths = new Set(ofFile.flatMap(({ path }) => path ?? []));
  return ({ ref, source }: Pick<Entity, 'source'> & Partial<Entity>): boolean =>
    paths.has(source.path) || (ref !== undefined && subjects.has(`${ref} ${source.path}`));
}
