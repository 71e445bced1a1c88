import type { Json } from '../../json/json.ts';
import type { CapabilitySkeleton } from './capability-options.ts';

type Files = Readonly<Record<string, string>>;

/** What every package of a producer has: npm's manifest, a page for consumers and one for those who work on it. */
export function packageFiles(skeleton: CapabilitySkeleton, provides: 'resource' | 'workload'): Files {
  const { name, description } = skeleton;
  const manifest: Json = {
    name: `capability-${name}`,
    version: '0.1.0',
    private: true,
    description: description,
  };
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'README.md': readme(skeleton),
    'docs/README.md': provides === 'resource' ? resourcePage(skeleton) : workloadPage(skeleton),
  };
}

function readme({ name, title }: CapabilitySkeleton): string {
  return `# ${title}

For those who work on this capability. What consumers read is [docs/README.md](docs/README.md).

\`\`\`
npx idp test ${name}             # renders the fixtures, compares with their golden files, judges by policies
npx idp test ${name} --update    # takes over what is rendered now; read the difference before you commit it
npx nx run capability-${name}:test
\`\`\`

| file                             | what it is                                              |
| -------------------------------- | ------------------------------------------------------- |
| \`capability.yaml\`                | the contract with consumers                             |
| \`templates/\`, \`patches/\`         | what is rendered                                        |
| \`policies/\`                      | what its users are judged by, with examples             |
| \`fixtures/<name>/\`               | a consumer's Score file, and in \`expected/\` its outcome |
| \`package.json\`                   | the version: raise it with every change that users see  |
`;
}

function resourcePage({ name, title, description }: CapabilitySkeleton): string {
  return `# ${title}

${description}

\`\`\`
npx idp g add <service> ${name} --as=files --size=large
\`\`\`

## Parameters

| parameter | what                      | default |
| --------- | ------------------------- | ------- |
| \`size\`    | \`small\` or \`large\`        | \`small\` |

## Outputs

| output | what                                       |
| ------ | ------------------------------------------ |
| \`name\` | its name, \`\${resources.<resource>.name}\` |
`;
}

function workloadPage({ name, title, description }: CapabilitySkeleton): string {
  return `# ${title}

${description}

\`\`\`
npx idp g service <service> --owner=<team> --template=${name}
\`\`\`

## Parameters

| parameter  | what                | default |
| ---------- | ------------------- | ------- |
| \`replicas\` | how many copies run | \`1\`     |
`;
}
