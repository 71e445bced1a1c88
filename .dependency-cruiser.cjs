/**
 * The arrows of docs/architecture.md, "Packages": each package with all that it may import of ours.
 * e2e/boundaries.spec.ts plants violations and sees them refused.
 */
const allowed = {
  'packages/core': [],
  'packages/policy': [],
  'packages/report': ['packages/core'],
  'packages/git': ['packages/core'],
  'packages/verbs': ['packages/core', 'packages/git', 'packages/policy', 'packages/report'],
  'packages/cli': ['packages/core', 'packages/verbs'],
  executors: ['packages/cli'],
  generators: ['executors', 'packages/cli'],
};

/** Functions of values: they run in a browser as they run here. */
const pure = '^packages/(core|policy|report)/';
/** Specs, and what only specs use, may read files and start servers. */
const tests = '(\\.spec\\.ts$|/testing/)';
const ours = '^(packages|generators|executors)/';
/** Files that something outside of the modules names: package.json, a generators.json, npm, Nx. */
const entries = [
  '/src/(index|main)\\.ts$',
  '^packages/core/src/schema/own-schemas\\.ts$',
  '^generators/src/plugin/plugin\\.ts$',
  '^generators/src/[^/]+/generator\\.ts$',
  '^executors/src/[^/]+/executor\\.ts$',
  '^packages/cli/([^/]+|bin/idp)\\.mjs$',
];

const arrows = Object.entries(allowed).map(([folder, targets]) => ({
  name: `arrows-of-${folder.split('/').at(-1)}`,
  comment: `${folder} imports ${targets.length === 0 ? 'no other package of ours' : `only ${targets.join(', ')}`}`,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: tests },
  to: { path: ours, pathNot: [folder, ...targets].map((target) => `^${target}/`) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'every-package-has-arrows',
      comment: 'a new package needs a line in `allowed`',
      severity: 'error',
      from: { path: ours, pathNot: Object.keys(allowed).map((folder) => `^${folder}/`) },
      to: {},
    },
    {
      name: 'pure-without-node',
      comment: 'what decides is a function of values: no file system, network, clock or environment',
      severity: 'error',
      from: { path: pure, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-without-adapters',
      comment: 'Nx, the forge and git are reached by adapters only',
      severity: 'error',
      from: { path: pure, pathNot: tests },
      to: { path: 'node_modules/(nx|@nx/[^/]+|@octokit/[^/]+|simple-git|esbuild)/' },
    },
    {
      name: 'nx-at-its-doors-only',
      comment: 'verbs and the bin work in repositories without Nx',
      severity: 'error',
      from: { path: '^packages/', pathNot: tests },
      to: { path: 'node_modules/(nx|@nx/[^/]+)/' },
    },
    {
      name: 'packages-by-their-name',
      comment: 'another package is what its `exports` say; tests may use its testing folder as well',
      severity: 'error',
      from: { path: '^(packages/[^/]+|generators|executors)/' },
      to: {
        path: ours,
        pathNot: [
          '^$1/',
          '/src/(index|door|service|finding/did-you-mean)\\.ts$',
          '/bin/load-build\\.mjs$',
          '/testing/',
          '/package\\.json$',
        ],
      },
    },
    {
      name: 'tests-are-imported-by-tests',
      severity: 'error',
      from: { path: ours, pathNot: tests },
      to: { path: tests },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'a file that nothing imports is dead, or an entry point that belongs into `entries`',
      severity: 'error',
      from: { orphan: true, pathNot: [tests, '\\.d\\.m?ts$', ...entries] },
      to: {},
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'dependencies-are-declared',
      comment: 'a package that is there by chance may be gone tomorrow',
      severity: 'error',
      from: { path: ours },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages/[^/]+|generators|executors)/dist/' },
    // A type is a dependency too: it must not point the wrong way either.
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
