import Type, { type TSchema } from 'typebox';
import { mapOf } from '../schema/primitives.ts';

/**
 * The fields of a workflow of GitHub Actions ("Workflow syntax for GitHub Actions"; the schema of GitHub's own parser is the
 * oracle of workflow-schema.spec.ts). It types what policies read: whether a workflow is right, GitHub says.
 */
const text = Type.String();
const texts = Type.Array(text);
const textOrTexts = Type.Union([text, texts]);
const scalar = Type.Unsafe<string | boolean | number>({});
const anything = Type.Unsafe<unknown>({});
const fields = (properties: Readonly<Record<string, TSchema>>) => Type.Object(properties);

const filters = fields({
  types: textOrTexts,
  branches: textOrTexts,
  'branches-ignore': textOrTexts,
  tags: textOrTexts,
  'tags-ignore': textOrTexts,
  paths: textOrTexts,
  'paths-ignore': textOrTexts,
  workflows: textOrTexts,
  names: textOrTexts,
  versions: textOrTexts,
});
const described = { description: text, required: Type.Boolean() };
const inputs = mapOf(fields({ ...described, type: text, default: scalar, options: texts }));
const call = fields({
  inputs,
  outputs: mapOf(fields({ description: text, value: text })),
  secrets: mapOf(fields(described)),
});

/** Those without anything to say beside `types` and what is filtered by. */
const events = [
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'create',
  'delete',
  'deployment',
  'deployment_status',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'image_version',
  'issue_comment',
  'issues',
  'label',
  'merge_group',
  'milestone',
  'page_build',
  'project',
  'project_card',
  'project_column',
  'public',
  'pull_request',
  'pull_request_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'push',
  'registry_package',
  'release',
  'repository_dispatch',
  'status',
  'watch',
  'workflow_run',
] as const;
const on = Type.Union([
  textOrTexts,
  fields({
    ...Object.fromEntries(events.map((event) => [event, filters])),
    schedule: Type.Array(fields({ cron: text, timezone: text })),
    workflow_call: call,
    workflow_dispatch: fields({ inputs }),
  }),
]);

const scopes = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'code-quality',
  'contents',
  'copilot-requests',
  'deployments',
  'discussions',
  'drives',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
  'vulnerability-alerts',
] as const;
const env = mapOf(scalar);
const common = {
  name: text,
  permissions: Type.Union([text, fields(Object.fromEntries(scopes.map((scope) => [scope, text])))]),
  concurrency: Type.Union([text, fields({ group: text, 'cancel-in-progress': scalar, queue: text })]),
};
const defaults = fields({ run: fields({ shell: text, 'working-directory': text }) });
const image = {
  image: text,
  options: text,
  env,
  ports: Type.Array(scalar),
  volumes: texts,
  credentials: fields({ username: text, password: text }),
};
const container = Type.Union([text, fields(image)]);
const service = Type.Union([text, fields({ ...image, entrypoint: text, command: text })]);

const step = fields({
  name: text,
  id: text,
  if: scalar,
  uses: text,
  with: env,
  run: text,
  shell: text,
  'working-directory': text,
  env,
  'continue-on-error': scalar,
  'timeout-minutes': scalar,
  background: scalar,
  wait: textOrTexts,
  'wait-all': scalar,
  cancel: text,
  parallel: Type.Array(anything),
});

const job = fields({
  ...common,
  needs: textOrTexts,
  if: scalar,
  strategy: fields({ 'fail-fast': scalar, 'max-parallel': scalar, matrix: anything }),
  'runs-on': Type.Union([textOrTexts, fields({ group: text, labels: textOrTexts })]),
  'timeout-minutes': scalar,
  'cancel-timeout-minutes': scalar,
  'continue-on-error': scalar,
  container,
  services: mapOf(service),
  env,
  environment: Type.Union([text, fields({ name: text, url: text, deployment: scalar })]),
  outputs: mapOf(text),
  defaults,
  steps: Type.Array(step),
  snapshot: Type.Union([text, fields({ 'image-name': text, if: scalar, version: text })]),
  uses: text,
  with: mapOf(scalar),
  secrets: Type.Union([text, mapOf(scalar)]),
});

/** A workflow as policies see it: its content is `spec`. */
export const workflowSchema = fields({
  apiVersion: text,
  kind: text,
  metadata: fields({ name: text }),
  spec: fields({ ...common, description: text, 'run-name': text, on, env, defaults, jobs: mapOf(job) }),
});
