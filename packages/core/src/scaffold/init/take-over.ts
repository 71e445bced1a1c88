import { isServiceName, maxServiceName } from '../../catalog/rules/service-folder.ts';
import { quote } from '../../finding/did-you-mean.ts';
import type { Finding, Outcome } from '../../finding/finding.ts';
import { compareStrings } from '../../json/compare.ts';
import { type Json, property, stringOf } from '../../json/json.ts';
import { isReservedName } from '../../layout/path-gate.ts';
import { literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { readSource } from '../../source/source.ts';
import type { ScoreFile } from './init-options.ts';
import { filesThatFit } from './named-files.ts';

export interface TakenOver {
  /** The text of each Score file, by service. */
  readonly services: ReadonlyMap<string, string>;
  readonly documents: ReadonlyMap<string, Json>;
  /** What they put into containers, by service and path in its folder. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly findings: readonly Finding[];
}

/** Chooses the Score files that become services; each of the others is a warning with its reason. */
export function takeOver(scores: readonly ScoreFile[], snapshot: Snapshot): TakenOver {
  const services = new Map<string, string>();
  const documents = new Map<string, Json>();
  const files = new Map<string, ReadonlyMap<string, string>>();
  const findings: Finding[] = [];
  const first = new Map<string, string>();
  for (const score of [...scores].sort((a, b) => compareStrings(a.path, b.path))) {
    const read = readScore(score);
    const leftOut = read.value === undefined ? undefined : reasonToLeaveOut(read.value.name, score, first, snapshot);
    if (read.value === undefined) findings.push(...read.findings);
    else if (leftOut === undefined) {
      first.set(read.value.name, score.path);
      services.set(read.value.name, read.value.text);
      documents.set(read.value.name, read.value.document);
      if (score.files !== undefined) files.set(read.value.name, filesThatFit(read.value.name, score.files, snapshot));
    } else findings.push(leftOut);
  }
  return { services, documents, files, findings };
}

interface ReadScore {
  readonly name: string;
  readonly document: Json;
  readonly text: string;
}

function readScore(score: ScoreFile): Outcome<ReadScore> {
  if (score.text === undefined)
    return { findings: [leave(score, 'it cannot be read as text', 'write it as UTF-8, and smaller than 2 MB')] };
  const snapshot = literalSnapshot({ 'score.yaml': score.text });
  const entry = snapshot.entry('score.yaml');
  const { source, findings = [] } = entry === undefined ? {} : readSource(snapshot, entry);
  const [problem] = findings;
  if (source === undefined || problem !== undefined)
    return { findings: [leave(score, problem?.message ?? 'it cannot be read', 'mend it there', problem)] };
  const [document = null] = source.documents;
  const version = property(document, 'apiVersion');
  if (version !== 'score.dev/v1b1') {
    const why = 'it does not say `apiVersion: score.dev/v1b1`';
    return { findings: [leave(score, why, 'say it, or rename the file', source.locate(['apiVersion']))] };
  }
  const name = stringOf(property(property(document, 'metadata'), 'name'));
  const place = source.locate(['metadata', 'name']);
  if (name === undefined) return { findings: [leave(score, 'it has no `metadata.name`', 'give it one', place)] };
  if (isReservedName(name)) {
    const why = `${quote(name)} is a name that Windows keeps for itself`;
    return { findings: [leave(score, why, 'choose another name', place)] };
  }
  if (!isServiceName(name)) {
    const hint = `lower-case letters, digits and \`-\`, beginning with a letter, at most ${maxServiceName} characters`;
    return { findings: [leave(score, `${quote(name)} cannot be the name of a service`, hint, place)] };
  }
  return { value: { name, document, text: score.text }, findings: [] };
}

function reasonToLeaveOut(
  name: string,
  score: ScoreFile,
  first: ReadonlyMap<string, string>,
  snapshot: Snapshot,
): Finding | undefined {
  const other = first.get(name);
  if (other !== undefined)
    return leave(score, `${other} is named ${quote(name)} too`, 'a name is unique in a repository: rename one of them');
  const path = `services/${name}/score.yaml`;
  const there = snapshot.entry(path) === undefined ? undefined : snapshot.read(path);
  if (there === undefined || new TextDecoder().decode(there) === score.text) return undefined;
  return leave(score, `${path} is there already, and differs`, 'edit that file, or rename this service');
}

function leave(score: ScoreFile, why: string, hint: string, place: Partial<Finding> = {}): Finding {
  const { line = 1, column = 1, endLine = line, endColumn = column } = place;
  return {
    code: 'scaffold/left-out',
    severity: 'warning',
    message: `left out: ${why}`,
    hint,
    path: score.path,
    line,
    column,
    endLine,
    endColumn,
  };
}
