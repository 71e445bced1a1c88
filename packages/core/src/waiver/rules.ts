import type { Rule } from '../finding/rule.ts';
import { documentRules } from '../schema/document-rules.ts';
import { exampleWaiver } from './example-waiver.ts';

const passes = exampleWaiver();

/** policies/waivers. */
export const waiverRules: readonly Rule[] = [
  ...documentRules('waiver', 'a waiver', {
    unknownField: { fails: exampleWaiver({ spec: 'approvedBy: alice' }), passes },
    missingField: { fails: exampleWaiver({ metadata: 'title: Tags' }), passes },
    wrongValue: { fails: exampleWaiver({ expires: 'never' }), passes },
  }),
  {
    code: 'waiver/name',
    severity: 'error',
    title: 'A waiver has one name: its file and `metadata.name` agree',
    why: 'Reports name the file, people the waiver; two names for one are two waivers to somebody.',
    mend: 'Give the file and `metadata.name` the same name.',
    examples: { fails: exampleWaiver({ metadata: 'name: tags' }), passes },
  },
  {
    code: 'waiver/unknown-policy',
    severity: 'error',
    title: 'A waiver names a policy that is there',
    why: 'A waiver of nothing excuses nothing, and what somebody believes to be excused blocks the next release. What the pipeline itself finds cannot be waived: nothing could be rendered from it.',
    mend: 'Mend `spec.policy`; the hint names the nearest policy.',
    examples: { fails: exampleWaiver({ policy: 'image-tag' }), passes },
  },
  {
    code: 'waiver/not-waivable',
    severity: 'error',
    title: 'Some policies cannot be waived',
    why: 'Whoever owns the policy decided that there is no exception (annotation `idp.internal/waivable: "false"`).',
    mend: 'Mend what the policy finds, and remove the waiver.',
    examples: { fails: exampleWaiver({ annotations: 'idp.internal/waivable: "false"' }), passes },
  },
  {
    code: 'waiver/unknown-subject',
    severity: 'error',
    title: 'The subject of a waiver exists',
    why: 'A misspelt subject is not excused, and one that is gone needs no excuse.',
    mend: 'Mend `spec.subject.entity`, or remove the waiver with what it was for.',
    examples: { fails: exampleWaiver({ subject: 'entity: "component:checkuot"' }), passes },
  },
  {
    code: 'waiver/field-path',
    severity: 'error',
    title: 'The path of a waiver is the path of a field',
    why: 'What cannot be read matches nothing.',
    mend: 'Write it like `spec.template.spec.containers[main].image`.',
    examples: {
      fails: exampleWaiver({ subject: 'entity: "component:checkout", path: "spec..image"' }),
      passes: exampleWaiver({ subject: 'entity: "component:checkout", path: "spec.template.spec.containers[main]"' }),
    },
  },
  {
    code: 'waiver/unknown-environment',
    severity: 'error',
    title: 'A waiver names environments that are there',
    why: 'In an environment that is misspelt nothing is excused.',
    mend: 'Mend the name; the hint names the nearest one.',
    examples: {
      fails: exampleWaiver({ subject: 'entity: "component:checkout", environments: [prod]' }),
      passes: exampleWaiver({ subject: 'entity: "component:checkout", environments: [dev]' }),
    },
  },
  {
    code: 'waiver/unknown-group',
    severity: 'error',
    title: 'The owner and the approver of a waiver are groups of the catalog',
    why: 'An exception that nobody answers for is never mended, and one that nobody can approve is approved by nobody.',
    mend: 'Name a group that is there; the hint names the nearest one.',
    examples: { fails: exampleWaiver({ owner: 'team-payment' }), passes },
  },
  {
    code: 'waiver/term',
    severity: 'error',
    title: 'A waiver ends, at most 180 days after it was issued',
    why: 'An exception without an end is a rule that nobody decided. A policy can set another limit by the annotation `idp.internal/waiver-days`.',
    mend: 'Name a day within the limit. When it comes, the waiver can be asked for again.',
    examples: {
      fails: exampleWaiver({ expires: '2027-11-21' }),
      passes: exampleWaiver({ expires: '2027-11-21', annotations: 'idp.internal/waiver-days: "365"' }),
    },
  },
  {
    code: 'waiver/overlapping',
    severity: 'error',
    title: 'Two waivers do not excuse the same',
    why: 'Of two, nobody knows which one counts, and the later one hides that the other has ended.',
    mend: 'Keep one of them: extend it, or let each name another part of the subject.',
    examples: {
      fails: {
        ...passes,
        ...exampleWaiver({ file: 'tags-again', subject: 'entity: "service:checkout", environments: [dev]' }),
      },
      passes: {
        ...exampleWaiver({ subject: 'entity: "component:checkout", container: main' }),
        ...exampleWaiver({ file: 'tags-again', subject: 'entity: "component:checkout", container: sidecar' }),
      },
    },
  },
  {
    code: 'waiver/not-begun',
    severity: 'error',
    title: 'A waiver is not issued ahead of time',
    why: 'The time that a waiver may hold is counted from the day on which it was issued: a day to come would make it longer.',
    mend: 'Write the day of today in `spec.issued`. Days are those of UTC.',
    when: '`spec.issued` is later than the day on which `npx idp check` runs.',
  },
  {
    code: 'waiver/expires-soon',
    severity: 'warning',
    title: 'A waiver that ends soon is said, 14 days before',
    why: 'On the day after its last one, what it excuses is an error again and blocks a release.',
    mend: 'Mend what it excuses and remove it, or ask its approver for another term.',
    when: '`npx idp check` runs within the 14 days before `spec.expires`, or on that day.',
  },
  {
    code: 'waiver/expired',
    severity: 'error',
    title: 'A waiver that has ended is removed',
    why: 'It excuses nothing any more: what was waived is found again, beside this.',
    mend: 'Mend what it excused and remove it, or ask its approver for another term: new `issued`, new `expires`.',
    when: '`npx idp check` runs after `spec.expires`.',
  },
  {
    code: 'waiver/matches-nothing',
    severity: 'warning',
    title: 'A waiver covers something',
    why: 'One that covers nothing was mended, and would excuse the next mistake without a word; or it names another place than somebody believes.',
    mend: 'Remove it if what it excused is mended; else name the place that `npx idp check` shows.',
    when: '`npx idp check` judges all that the waiver is about, and its policy has nothing to say there.',
  },
];
