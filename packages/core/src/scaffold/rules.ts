import type { Rule } from '../finding/rule.ts';

const refused = (what: string, rest: Omit<Rule, 'code' | 'severity'>): Rule => ({
  code: `scaffold/${what}`,
  severity: 'error',
  ...rest,
});

/**
 * What a generator refuses before it writes anything, and what is wrong with what it wrote. They are about options, or
 * about what an earlier run left, so that no files are an example.
 */
export const scaffoldRules: readonly Rule[] = [
  refused('name', {
    title: 'A new name is one that Kubernetes takes',
    why: 'Namespaces, objects and addresses are made of it.',
    mend: 'Lower-case letters, digits and `-`, beginning with a letter; at most 50 characters for a service or a capability, 30 for a resource or an environment.',
    when: '`npx idp g service Checkout_2`',
  }),
  refused('owner', {
    title: 'The owner of something new, and who approves it, are groups of the catalog',
    why: "What nobody owns is nobody's to mend.",
    mend: 'Name a group of `catalog/`; the hint names the nearest one.',
    when: '`npx idp g service checkout --owner=team-paymnets`',
  }),
  refused('system', {
    title: 'The system of a new service is one of the catalog',
    why: 'A reference that resolves to nothing helps nobody.',
    mend: 'Name a system of `catalog/`, or leave it out.',
    when: '`npx idp g service checkout --system=paymnets`',
  }),
  refused('template', {
    title: 'The template of a new service is a workload capability with files to scaffold',
    why: 'There would be nothing to write.',
    mend: 'Name one of those in the hint; mend a template that has errors of its own first.',
    when: '`npx idp g service checkout --template=node`',
  }),
  {
    code: 'scaffold/left-out',
    severity: 'warning',
    title: 'What a new platform is made of can be taken over',
    why: 'A Score file without a name of its own, or with the name of another, cannot be a service here.',
    mend: 'Rename it, or mend it there, and run `npx idp init` again: it adds what is new.',
    when: '`npx idp init --from=../score-files` with two files of one `metadata.name`.',
  },
  refused('service-exists', {
    title: 'A service is scaffolded once',
    why: 'Its files belong to its team from then on: writing them again with other answers would take changes away.',
    mend: 'Edit its files, or choose another name. With the same answers the generator changes nothing.',
    when: '`npx idp g service checkout` for a service that was made with other answers.',
  }),
  refused('capability-exists', {
    title: 'A capability is scaffolded once',
    why: 'Its files belong to its owners from then on: writing them again would take their work away.',
    mend: 'Edit its files, or choose another name. The same request changes nothing.',
    when: '`npx idp g capability postgres --owner=team-network`, where capabilities/postgres is of team-data.',
  }),
  refused('policy-exists', {
    title: 'A policy is scaffolded once',
    why: 'Its files belong to its owners from then on: writing them again would take their work away.',
    mend: 'Edit its files, or choose another name. The same request changes nothing.',
    when: '`npx idp g policy require-runbook --owner=group:team-data`, where the policy is of another team, or was edited.',
  }),
  refused('waiver', {
    title: 'The options of a waiver make a waiver',
    why: 'A waiver that cannot be read excuses nothing.',
    mend: 'Mend the option that is named; the page of the format has them all.',
    when: '`npx idp g waiver no-latest-tag --subject=component:checkout --expires=soon --reason="…"`',
  }),
  refused('waiver-exists', {
    title: 'A waiver is written once',
    why: 'It was reviewed as it is: another reason or another day is a change that somebody approves.',
    mend: 'Edit the file, or choose another name by `--name`. The same request changes nothing.',
    when: '`npx idp g waiver` for a policy and a subject that have a waiver, with another reason.',
  }),
  refused('nothing-to-waive', {
    title: 'A waiver has something to excuse',
    why: 'One that covers nothing today would excuse a mistake of tomorrow without a word.',
    mend: 'See what `npx idp check` says, and name that very policy and place.',
    when: '`npx idp g waiver no-latest-tag --subject=component:orders`, where the images of orders have versions.',
  }),
  refused('kind', {
    title: 'What a new resource renders is a kind of Kubernetes object',
    why: 'Its template and its policy are made of it.',
    mend: 'Write `<group>/<version>/<Kind>`; the core group has no name: `v1/ConfigMap`.',
    when: '`npx idp g capability bucket --kind=Bucket`',
  }),
  refused('environment-exists', {
    title: 'An environment is scaffolded once',
    why: 'What it comes after and which branch its clusters follow decides what runs there.',
    mend: 'Edit its file, or choose another name. The same request changes nothing.',
    when: '`npx idp g environment staging`, where staging is there and comes after dev.',
  }),
  refused('unknown-environment', {
    title: 'A new environment comes after, and before, environments that are there',
    why: 'Nothing would ever be promoted along a way that leads nowhere.',
    mend: 'Mend the name; the hint names the nearest one.',
    when: '`npx idp g environment qa --after=deev`',
  }),
  refused('cycle', {
    title: 'Environments do not wait for each other',
    why: 'No release could enter a circle.',
    mend: 'Leave one of `--after` and `--before` out; the message shows the circle.',
    when: '`npx idp g environment qa --after=prod --before=dev`',
  }),
  refused('branch', {
    title: 'A new environment has a branch of its own',
    why: 'Two environments on one branch overwrite each other, and the main branch holds the sources.',
    mend: 'Leave `--branch` out, or name a branch that nothing else has.',
    when: '`npx idp g environment qa --branch=env/prod`',
  }),
  refused('unknown-service', {
    title: 'What is changed is a service that is there',
    why: 'There is nothing to change.',
    mend: 'Mend the name; the hint names the nearest one.',
    when: '`npx idp g add chekout postgres`',
  }),
  refused('unknown-capability', {
    title: 'What is added is a resource capability that is there',
    why: 'There is nothing to add.',
    mend: 'Mend the name; the hint names the nearest one. Mend a capability that has errors of its own first.',
    when: '`npx idp g add checkout postgress`',
  }),
  refused('resource-exists', {
    title: 'A resource of one name is added once',
    why: 'Another type or other parameters under the same name would change what runs.',
    mend: 'Edit `score.yaml`, or choose another name by `--as`.',
    when: '`npx idp g add checkout postgres --as=db --size=large`, where `db` is there with another size.',
  }),
  refused('parameter', {
    title: "The parameters of a new resource are as its capability's schema says",
    why: 'What would be refused after the merge is refused before it.',
    mend: 'Give a value that the hint names.',
    when: '`npx idp g add checkout postgres --size=huge`',
  }),
  refused('class', {
    title: 'The class of a new resource is one that its capability has',
    why: 'Without it the defaults would be taken, which is not what was asked for.',
    mend: 'Name one of those in the hint, or leave `--class` out.',
    when: '`npx idp g add checkout postgres --class=standrad`',
  }),
  refused('variable-exists', {
    title: 'A variable that means something else is not overwritten',
    why: 'The service may rely on what it says now.',
    mend: 'Choose another name for the resource by `--as`; the variables are named after it.',
    when: '`npx idp g add checkout postgres --as=db`, where the container has a `DB_HOST` of its own.',
  }),
  refused('managed-file-changed', {
    title: 'A managed file is as its template makes it',
    why: 'The platform keeps it up to date in every service: what is changed by hand is lost, and what is old misses the mend.',
    mend: 'Run the command of the hint; it writes the file anew. To change it for every service, change the template.',
    when: 'A file that the lock calls `managed` is edited or removed, or its template changes.',
  }),
  refused('image', {
    title: 'An image that is pinned is one by digest, for a container with `image: .`',
    why: 'A tag can be moved: what was checked would not be what runs.',
    mend: 'Write `--image=<container>=<repository>@sha256:<digest>`.',
    when: '`npx idp lock checkout --image=main=registry.example.com/checkout:1.0`',
  }),
  refused('image-service', {
    title: 'An image is pinned for one service',
    why: 'Containers of two services can have one name.',
    mend: 'Name the service: `npx idp lock checkout --image=main=…`.',
    when: '`npx idp lock --image=main=…` without a service.',
  }),
];
