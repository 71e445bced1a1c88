import { findVerb, verbs } from '@idp/verbs/door';
import { describe, expect, it } from 'vitest';
import { completionHelp, helpOf, overview } from './help.ts';

describe('help', () => {
  it('shows all verbs, a day, and the exit codes', () => {
    expect(overview()).toMatchInlineSnapshot(`
      "idp: a GitOps internal developer platform in one repository

        init           Makes a platform of a git repository: settings, environments, a team; of Score files, services.
        g service      Adds a service: source, tests, Dockerfile, catalog entry, Score file.
        g add          Adds a capability to a service and wires it in. Further flags are parameters of the capability.
        g capability   Adds a capability: a package of yours with schema, template, policy, fixtures and a test that passes.
        g environment  Adds an environment after others, with targets and values made after theirs.
        g policy       Adds a policy with a binding, and examples that pass and fail.
        g waiver       Excuses one subject from a policy, for a while.
        lock           Brings locks up to date: identities, exact versions, images.
        schemas        Takes schemas to check rendered objects by from a cluster or a project; else writes those for editors.
        test           Tests capabilities by their fixtures, and policies by their examples, without a cluster.
        validate       Finds what is wrong in the files of catalog, services, capabilities and environments; \`idp check\` renders them.
        catalog        Lists the catalog, or shows one entity with all that it has to do with.
        check          Renders everything that would be deployed and evaluates the policies over it.
        explain        Explains a policy or the code of a finding: what it wants, why, how to mend it, and where it fails today.
        render         Prints the Kubernetes manifests of services.
        export         Exports policies for a cluster's own admission, and names those that no cluster can enforce.
        plan           Says what a change does to each environment, field by field.
        promote        Moves the releases of the main branch into an environment: one commit on its branch, compare-and-swap, pushed.
        status         Shows which release of each service is in which environment.

      A day with it:
        idp g service checkout --owner=team-payments      a service that builds and tests
        idp g add checkout postgres --as=db --size=small  a capability, wired in
        idp validate && idp check                         what is wrong, and how to mend it
        idp plan --base=main                              what my change does to each environment
        idp promote --to=dev                              after the merge
        idp status
        idp catalog checkout                              who owns it, what it needs, who needs it

      \`idp <verb> --help\` shows a verb's options and examples; \`idp completion bash|zsh|fish\` prints a shell's completion.
      Every verb takes --root=<folder> and --format=pretty|json|github|markdown;
      validate and check also --format=sarif|check-run.
      Exit codes: 0 fine, 1 findings, 2 usage, 3 a conflict or a closed gate, 4 lost a race (repeat it),
      5 the remote refused or could not be reached, 70 a bug of the tool.
      "
    `);
  });

  it('shows a verb', () => {
    const promote = findVerb('promote');
    expect(promote && helpOf(promote)).toMatchInlineSnapshot(`
      "Moves the releases of the main branch into an environment: one commit on its branch, compare-and-swap, pushed.

      Usage: idp promote --to=<text> [options]

      Options:
        --to=<text>                           The environment. Required.
        --source=<text>                       The commit to promote, which has to be on the main branch. Default: its tip on the remote.
        --service=<a,b>                       Only these services.
        --retries=<n>                         How often to start over after a lost race. Default: 3.
        --dry-run                             Decide and print, push nothing.
        --root=<text>                         The repository to work on. Default: the one that the current folder is in.
        --format=pretty|json|github|markdown  How to print: for people, for machines, as GitHub annotations, or as Markdown for a job summary. Default: pretty.

      Examples:
        idp promote --to=dev
            the tip of origin/main
        idp promote --to=dev --service=checkout
            one service
        idp promote --to=dev --dry-run
            what would be pushed
      "
    `);
  });

  it('shows positional arguments, required ones in angle brackets', () => {
    const usage = verbs.map((verb) => /^Usage: (.*)$/m.exec(helpOf(verb))?.[1]);
    expect(usage).toMatchInlineSnapshot(`
      [
        "idp init [options]",
        "idp g service <name> --owner=<text> [options]",
        "idp g add <service> <capability> [options]",
        "idp g capability <name> --owner=<text> [options]",
        "idp g environment <name> [options]",
        "idp g policy <name> --owner=<text> [options]",
        "idp g waiver <policy> --subject=<text> --reason=<text> [options]",
        "idp lock [<service>…] [options]",
        "idp schemas [<from>] [options]",
        "idp test [<capability>…] [options]",
        "idp validate [options]",
        "idp catalog [<entity>] [options]",
        "idp check [options]",
        "idp explain <code> [options]",
        "idp render [<service>…] [options]",
        "idp export <what> [options]",
        "idp plan [options]",
        "idp promote --to=<text> [options]",
        "idp status [options]",
      ]
    `);
  });

  it('shows how a shell takes its completion', () => {
    expect(completionHelp()).toContain('Usage: idp completion bash|zsh|fish\n\nExamples:\n');
  });

  it.each(verbs.map((verb) => [verb.name, verb] as const))(
    'of %s describes every option in lines of at most 170',
    (_, verb) => {
      for (const { description } of Object.values(verb.schema.properties)) expect(description).toMatch(/\.$/);
      for (const line of helpOf(verb).split('\n')) expect(line.length).toBeLessThanOrEqual(170);
    },
  );
});
