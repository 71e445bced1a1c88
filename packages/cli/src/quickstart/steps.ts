import { edit, git, idp, type Step } from './step.ts';

const score = 'services/checkout/score.yaml';
const right = 'DB_HOST: ${resources.db.host}';
const wrong = 'DB_HOST: ${resources.db.hots}';

/** The tour: one service from an empty platform to `env/dev`. Messages are quiet where git's differ by its version. */
export const steps: readonly Step[] = [
  {
    title: 'A platform repository',
    why: 'What a platform team keeps in git: catalog, capabilities, environments, policies. A bare remote stands in for the forge.',
    actions: [
      { kind: 'copy' },
      git(['init', '--quiet', '--bare', '--initial-branch=main', '$R']),
      git(['init', '--quiet', '--initial-branch=main', '$P']),
      git(['-C', '$P', 'config', 'user.name', 'Robin']),
      git(['-C', '$P', 'config', 'user.email', 'robin@example.com']),
      git(['-C', '$P', 'remote', 'add', 'origin', '$R']),
      git(['-C', '$P', 'add', '--all']),
      git(['-C', '$P', 'commit', '--quiet', '--message=A platform']),
      git(['-C', '$P', 'push', '--quiet', '--set-upstream', 'origin', 'main']),
      idp(['validate', '--root=$P'], { prints: ['0 services', 'no findings'] }),
    ],
  },
  {
    title: 'A service with a database',
    why: 'A product engineer asks for it on a branch: two commands write source, tests, catalog entry, Score file and lock.',
    actions: [
      git(['-C', '$P', 'switch', '--quiet', '--create', 'add-checkout']),
      idp(['g', 'service', 'checkout', '--owner=team-payments', '--root=$P'], { prints: [`CREATE ${score}`] }),
      idp(['g', 'add', 'checkout', 'postgres', '--as=db', '--size=small', '--root=$P'], {
        prints: [`UPDATE ${score}`, 'DB_HOST'],
      }),
    ],
  },
  {
    title: 'A mistake',
    why: 'Somebody mistypes an output of the database. It is found here, not in a cluster: place, reason, way out, exit code 1.',
    actions: [
      edit(score, right, wrong),
      idp(['validate', '--root=$P'], {
        exit: 1,
        prints: [`${score}:`, '"db" has no output "hots"', '[resolve/unknown-output]', 'did you mean "host"?'],
      }),
    ],
  },
  {
    title: 'Mended',
    why: 'The warning that stays is true: nothing has built an image yet. Policies are checked over what would be deployed.',
    actions: [
      edit(score, wrong, right),
      idp(['validate', '--root=$P'], { prints: ['1 service', 'render/image-not-pinned'] }),
      idp(['check', '--service=checkout', '--root=$P'], { prints: ['no findings'] }),
    ],
  },
  {
    title: 'The plan',
    why: 'What the change would do to each environment. On a pull request this is the comment.',
    actions: [
      idp(['plan', '--base=main', '--root=$P'], {
        prints: ['checkout in dev', 'checkout in prod', '+ apps/v1 Deployment checkout/checkout'],
      }),
    ],
  },
  {
    title: 'The request',
    why: 'A commit on the branch, pushed. With a forge this opens the pull request.',
    actions: [
      git(['-C', '$P', 'add', '--all']),
      git(['-C', '$P', 'commit', '--quiet', '--message=Add checkout']),
      git(['-C', '$P', 'push', '--quiet', '--set-upstream', 'origin', 'add-checkout']),
    ],
  },
  {
    title: 'The merge',
    why: 'What the button of the pull request does. Only what is on the main branch of the remote can be promoted.',
    actions: [
      git(['-C', '$P', 'switch', '--quiet', 'main']),
      git(['-C', '$P', 'merge', '--quiet', '--no-ff', '--message=Merge add-checkout', 'add-checkout']),
      git(['-C', '$P', 'push', '--quiet', 'origin', 'main']),
      git(['-C', '$P', 'log', '--oneline', '--graph', 'origin/main'], {
        prints: ['Merge add-checkout', 'Add checkout', 'A platform'],
      }),
    ],
  },
  {
    title: 'The promotion to dev',
    why: 'Reads main at the remote, renders, and pushes one commit to the branch env/dev, compare-and-swap.',
    actions: [idp(['promote', '--to=dev', '--root=$P'], { prints: ['env/dev is now', 'checkout'] })],
  },
  {
    title: 'What is on env/dev',
    why: 'Plain Kubernetes manifests, ready for Argo CD or Flux, and a record of the release that they are.',
    actions: [
      git(['-C', '$P', 'ls-remote', '--heads', 'origin'], { prints: ['refs/heads/env/dev', 'refs/heads/main'] }),
      git(['-C', '$P', 'log', 'origin/env/dev'], { prints: ['Promote checkout to dev', 'Idp-Source: '] }),
      git(['-C', '$P', 'ls-tree', '-r', '--name-only', 'origin/env/dev'], {
        prints: ['.idp/services/checkout.json', '/deployment.apps-checkout.yaml', '/cluster.postgresql.cnpg.io-'],
      }),
    ],
  },
  {
    title: 'The status',
    why: 'Which release is where, read from the environment branches.',
    actions: [idp(['status', '--root=$P'], { prints: ['checkout', '✔'] })],
  },
  {
    title: 'The promotion once more',
    why: 'A second run has nothing to do, and says so: env/dev still has one commit.',
    actions: [
      idp(['promote', '--to=dev', '--root=$P'], { prints: ['Nothing to do'] }),
      git(['-C', '$R', 'rev-list', '--count', 'env/dev'], { printsOnly: '1' }),
    ],
  },
];
