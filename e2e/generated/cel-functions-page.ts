import {
  type FunctionRow,
  functionTable,
  undecidedLibrary,
} from '../../packages/policy/src/cel/testing/function-table.ts';
import { generatedNote } from './format-page.ts';

const TITLES: Readonly<Record<string, string>> = {
  macros: 'Macros',
  text: 'Sizes and texts',
  conversions: 'Conversions',
  time: 'Times',
  optional: 'Optional values',
  'cel.lib.ext.strings/2': 'Strings',
  'kubernetes.lists': 'Lists of Kubernetes',
  'cel.lib.ext.lists': 'Lists',
  'cel.lib.ext.sets': 'Sets',
  'kubernetes.regex': 'Regular expressions',
  'kubernetes.urls': 'URLs',
  'kubernetes.net': 'Addresses and networks',
  'kubernetes.quantity': 'Quantities',
  'kubernetes.Semver': 'Versions',
  'kubernetes.format': 'Formats',
};

/** Every function that a policy can call, with an example that is run. */
export function celFunctionsPage(): string {
  const rows = functionTable();
  const libraries = [...new Set(rows.map(({ library }) => library))].filter((library) => library !== undecidedLibrary);
  return [
    generatedNote,
    '# Functions in policies',
    '',
    'What an expression of a policy can call: the standard library of CEL, and the libraries that Kubernetes 1.37 gives a',
    'ValidatingAdmissionPolicy. Each example is true, and is run. An older cluster has fewer: `includes`, for one, is new.',
    '',
    ...libraries.flatMap((library) =>
      section(
        TITLES[library] ?? library,
        rows.filter((row) => row.library === library),
      ),
    ),
    '## The authorizer',
    '',
    'These compile, and what depends on them is inconclusive: who may do what is known to the cluster only.',
    '',
    ...rows.filter(({ library }) => library === undecidedLibrary).map(({ signatures }) => `- ${codes(signatures)}`),
    '',
    '## What Kubernetes does not have',
    '',
    '`cel.bind`, `math`, `base64` and `string.reverse` exist in CEL elsewhere, in Kyverno for example. A cluster refuses a',
    'policy that uses them, and so does `idp check`. A list or a map has values of one type there: `[1, "a"]` is refused,',
    'and so is `["a", object.metadata.name]`, whose second value could be anything: write `string(object.metadata.name)`.',
    '',
  ].join('\n');
}

function section(title: string, rows: readonly FunctionRow[]): string[] {
  return [
    `## ${title}`,
    '',
    '| function | example |',
    '| --- | --- |',
    ...rows.map(
      (row) =>
        `| ${row.signatures.length === 0 ? codes([row.name]) : codes(row.signatures)} | ${codes([row.example ?? ''])} |`,
    ),
    '',
  ];
}

/** More overloads than these are the same for other types. */
const SHOWN = 3;

function codes(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN).map((text) => `\`${text.replaceAll('|', '\\|')}\``);
  return `${shown.join('<br>')}${texts.length > SHOWN ? '<br>…' : ''}`;
}
