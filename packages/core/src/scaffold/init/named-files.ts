import { gatePath } from '../../layout/path-gate.ts';
import { dockerfileService } from '../../layout/paths.ts';
import { traceSource } from '../../provenance/trace-source.ts';
import { snapshotOf } from '../../snapshot/index-entries.ts';
import { literalSnapshot } from '../../snapshot/literal-snapshot.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { readSource } from '../../source/source.ts';
import { sourcesOf } from '../../workload/load-service-files.ts';
import { pathInService } from '../../workload/service-file.ts';

const ours = /^(score\.ya?ml|catalog-info\.ya?ml|Dockerfile.*|\.idp(\/.*)?|environments(\/.*)?)$/i;

/** What the platform itself reads in a service's folder: nobody's file becomes that by its name. */
function isOurs(file: string): boolean {
  return ours.test(file) || dockerfileService(`services/any/${file}`) !== undefined;
}

/**
 * The files that a Score file puts into containers (`files.<target>.source`), by their paths from its own folder.
 *
 * @returns none of a text that cannot be read, and none that leads out of the folder
 */
export function filesNamedBy(score: string): readonly string[] {
  const snapshot = literalSnapshot({ 'score.yaml': score });
  const entry = snapshot.entry('score.yaml');
  const source = entry && readSource(snapshot, entry).source;
  if (source === undefined) return [];
  const named = sourcesOf(traceSource(source)).flatMap(({ content }) => {
    const place = pathInService(String(content));
    return 'path' in place && !isOurs(place.path) ? [place.path] : [];
  });
  return [...new Set(named)];
}

/** Those of the files that can stand in the folder of a service, beside what is there; `validate` says which are missing. */
export function filesThatFit(
  service: string,
  files: ReadonlyMap<string, string>,
  snapshot: Snapshot,
): ReadonlyMap<string, string> {
  const folder = `services/${service}`;
  const fitting = new Map<string, string>();
  for (const [file, text] of files) {
    const written = [...fitting.keys()].map((other) => ({
      path: `${folder}/${other}`,
      mode: '100644' as const,
      oid: '',
    }));
    const refused = gatePath(
      `${folder}/${file}`,
      [folder],
      snapshot,
      snapshotOf(written, () => undefined),
    );
    if (refused === undefined) fitting.set(file, text);
  }
  return fitting;
}
