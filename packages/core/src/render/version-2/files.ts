import { encodeBase64 } from '../../digest/base64.ts';
import { type Digest, digestOfJson, digestOfText } from '../../digest/digest.ts';
import { encodeText } from '../../digest/text.ts';
import type { Finding } from '../../finding/finding.ts';
import type { Buildable } from '../../provenance/build.ts';
import { positionOf } from '../../provenance/origin.ts';
import { child, sortedEntries, stringIn, Traced } from '../../provenance/traced.ts';
import { textOf } from '../../template/value-text.ts';
import { mountsOf } from '../../workload/mounts.ts';
import { fileText, serviceFileOf } from '../../workload/score-texts.ts';
import { maxConfigMap } from '../../workload/service-file.ts';
import type { ConversionInput } from '../conversion-input.ts';
import type { VolumeMount } from '../kubernetes.ts';
import { resolveString } from '../resolve-string.ts';
import { workloadMetadata } from './metadata.ts';

/** The files of all containers: one ConfigMap, mounted file by file. */
export interface ContainerFiles {
  /** Nothing where no container has files. */
  readonly configMap: Buildable;
  readonly volume: Buildable;
  /** On the pods: a file that is mounted by itself is never updated in a running one. */
  readonly digest: Digest | undefined;
  /** Whether a file is kept from those who are neither its owner, root, nor in the group of the pod. */
  readonly forGroup: boolean;
  readonly mounts: (container: string) => readonly VolumeMount[];
  readonly findings: readonly Finding[];
}

interface File {
  readonly container: string;
  readonly target: string;
  readonly node: Traced;
  readonly key: string;
  readonly text: Traced | undefined;
  readonly binary: Traced | undefined;
  readonly mode: number | undefined;
}

const volumeName = 'files';

/** `files` of the containers of a Score document. */
export function containerFiles(input: ConversionInput): ContainerFiles {
  const { resolution } = input;
  const findings: Finding[] = [];
  const files = filesOf(input, findings);
  const data = files.flatMap(({ key, text }) => (text === undefined ? [] : [[key, text] as const]));
  const binaryData = files.flatMap(({ key, binary }) => (binary === undefined ? [] : [[key, binary] as const]));
  findings.push(...sizeFindings(input, [...data, ...binaryData]));
  const name = `${resolution.service}-files`;
  const contents = [...data, ...binaryData].map(([key, { content }]) => [key, String(content)]);
  const none = files.length === 0;
  return {
    configMap: none
      ? undefined
      : {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: workloadMetadata(resolution, '-files'),
          data: data.length === 0 ? undefined : Object.fromEntries(data),
          binaryData: binaryData.length === 0 ? undefined : Object.fromEntries(binaryData),
        },
    volume: none
      ? undefined
      : { name: volumeName, configMap: { name, items: files.map(({ key, mode }) => ({ key, path: key, mode })) } },
    digest: none ? undefined : digestOfJson(contents),
    forGroup: files.some(({ mode }) => mode !== undefined && (mode & 0o004) === 0),
    mounts: (container) =>
      files
        .filter((file) => file.container === container)
        .map(({ target, key, node }) => ({
          name: volumeName,
          mountPath: new Traced(target, node.origin),
          subPath: key,
          readOnly: true,
        })),
    findings,
  };
}

function filesOf(input: ConversionInput, findings: Finding[]): readonly File[] {
  const all = sortedEntries(child(input.score, 'containers')).flatMap(([container, node]) =>
    mountsOf(node, 'files').map((mount) => ({ container, ...mount })),
  );
  const keys = all.map(({ container, target }) => readableKey(container, target));
  return all.map((file, index) => {
    const key = keys[index] ?? '';
    const alone = key.length <= 200 && keys.filter((other) => other === key).length === 1;
    const mode = stringIn(child(file.node, 'mode'));
    return {
      ...file,
      key: alone ? key : `${key.slice(0, 180)}-${digestOfText(`${file.container} ${file.target}`).slice(7, 17)}`,
      mode: mode === undefined ? undefined : Number.parseInt(mode, 8),
      ...contentOf(file.node, input, findings),
    };
  });
}

/** What a key of a ConfigMap may be: letters, digits, `-`, `_` and `.`. */
function readableKey(container: string, target: string): string {
  return `${container}${target.replace(/[^-.A-Za-z0-9]+/g, '_')}`;
}

function contentOf(node: Traced, input: ConversionInput, findings: Finding[]): Pick<File, 'text' | 'binary'> {
  const { files } = input.resolution.workload;
  const written = child(node, 'binaryContent');
  if (written !== undefined)
    return { text: undefined, binary: new Traced((stringIn(written) ?? '').replace(/\s+/g, ''), written.origin) };
  const text = fileText(node, files);
  if (text === undefined) {
    const bytes = serviceFileOf(node, files)?.bytes ?? new Uint8Array();
    return { text: undefined, binary: new Traced(encodeBase64(bytes), (child(node, 'source') ?? node).origin) };
  }
  if (child(node, 'noExpand')?.content === true) return { text, binary: undefined };
  const resolved = resolveString(text, input.lookup);
  if (resolved.kind === 'node') return { text: new Traced(textOf(resolved.node), text.origin), binary: undefined };
  findings.push({
    code: 'render/secret-not-expressible',
    severity: 'error',
    message: 'a secret cannot be in a file: it would stand in a ConfigMap in clear text',
    hint: 'give it to the container in a variable, and read it there; a file that only looks like a placeholder has `noExpand: true`',
    ...positionOf(text.origin),
  });
  return { text: new Traced('', text.origin), binary: undefined };
}

function sizeFindings(
  { resolution, score }: ConversionInput,
  contents: readonly (readonly [string, Traced])[],
): readonly Finding[] {
  const size = contents.reduce((sum, [key, { content }]) => sum + key.length + encodeText(String(content)).length, 0);
  if (size <= maxConfigMap) return [];
  return [
    {
      code: 'render/files-too-large',
      severity: 'error',
      message: `the files of ${resolution.service} are ${size} bytes together, a ConfigMap holds at most ${maxConfigMap}`,
      hint: 'put them into the image, or let the container fetch them',
      ...positionOf((child(score, 'containers') ?? score).origin),
    },
  ];
}
