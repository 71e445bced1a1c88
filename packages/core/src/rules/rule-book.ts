import { capabilityFindingRules } from '../capability/rules.ts';
import { catalogFormRules } from '../catalog/form-rules.ts';
import { catalogRules } from '../catalog/rules/rules.ts';
import { environmentRules } from '../environment/rules.ts';
import type { Rule } from '../finding/rule.ts';
import { fixtureRules } from '../fixture/rules.ts';
import { kubernetesRules } from '../kubernetes/rules.ts';
import { writeRules } from '../layout/rules.ts';
import { manifestRules } from '../manifest/rules.ts';
import { planRules } from '../plan/rules.ts';
import { platformRules } from '../platform/rules.ts';
import { promoteRules } from '../promote/rules.ts';
import { renderRules } from '../render/rules.ts';
import { lockFormRules, lockRules } from '../resolve/lock-rules.ts';
import { resolveRules } from '../resolve/rules.ts';
import { scaffoldRules } from '../scaffold/rules.ts';
import { sourceRules } from '../source/rules.ts';
import { templateRules } from '../template/rules.ts';
import { waiverRules } from '../waiver/rules.ts';
import { workloadRules } from '../workload/rules.ts';

/** What every code of a finding means, in the order of the pipeline: the tests, docs/rules and `Finding.docs` come from it. */
export const ruleBook: readonly Rule[] = [
  ...sourceRules,
  ...platformRules,
  ...catalogFormRules,
  ...catalogRules,
  ...environmentRules,
  ...capabilityFindingRules,
  ...templateRules,
  ...workloadRules,
  ...lockFormRules,
  ...resolveRules,
  ...lockRules,
  ...renderRules,
  ...kubernetesRules,
  ...waiverRules,
  ...scaffoldRules,
  ...writeRules,
  ...fixtureRules,
  ...planRules,
  ...promoteRules,
  ...manifestRules,
];

const codes: ReadonlySet<string> = new Set(ruleBook.map(({ code }) => code));

/** The page of a code, relative to the tool's repository; policies explain themselves in their own files. */
export function docsOf(code: string): string | undefined {
  return codes.has(code) ? `docs/rules/${code}.md` : undefined;
}
