import { nearest, policyCalled, policyFacts, quote, type SnapshotEntry, validatePlatform } from '@idp/core';
import { replacedBy } from '../check/replaced-by.ts';
import { type LoadedPlatform, loadWorkingPlatform } from '../context/load.ts';
import { checkedFiles } from '../context/open-repository.ts';
import { exitCode } from '../exit-code.ts';
import { stringOption } from '../options.ts';
import { isResult, usage } from '../output/usage.ts';
import type { Verb, VerbResult } from '../verb.ts';
import { explainPolicy, policyAlone } from './explain-policy.ts';
import { explainRule, ruleCodes } from './explain-rule.ts';
import { type Explanation, explanationJson } from './explanation.ts';
import { markdownExplanation, prettyExplanation } from './explanation-text.ts';

const examples = /(?:^|\/)policies\/(?:.+\/)?fixtures\/[^/]+\/[^/]+$/;

/** What is judged, and the examples of policies. */
const files = {
  ...checkedFiles,
  wanted: (entry: SnapshotEntry): boolean => checkedFiles.wanted(entry) || examples.test(entry.path),
} as const;

/** `idp explain`: what a policy or a code of a finding wants, and where it is found today. */
export const explain: Pick<Verb, 'run'> = {
  async run(options, context) {
    const written = stringOption(options, 'code') ?? '';
    const rule = explainRule(written);
    const loaded = await loadWorkingPlatform(options, context, 'findings', files);
    if (isResult(loaded)) {
      // What a code means, one can ask anywhere.
      return rule === undefined ? loaded : resultOf(rule);
    }
    if (rule !== undefined) return resultOf({ ...rule, found: foundToday(rule.code, loaded) });
    const policies = policyFacts(loaded.platform.policies);
    const policy = policyCalled(written, policies);
    if (policy === undefined) {
      const known = [...[...policies.values()].flatMap(({ id, name }) => [id, name]), ...ruleCodes()];
      const meant = nearest(written, known);
      const hint =
        meant === undefined
          ? 'policies are in policies/, codes stand in brackets behind a finding'
          : `did you mean ${quote(meant)}?`;
      return usage('unknown-code', `there is no policy and no code ${quote(written)}`, hint);
    }
    context.progress('rendering and checking');
    const { platform, repository } = loaded;
    const now = context.now();
    const alone = policyAlone(policy, platform, now);
    const everything = { services: [], environments: [] };
    const replaced = await replacedBy(repository.root, platform, alone.engine, everything);
    return resultOf(explainPolicy(policy, { ...loaded, alone, ...replaced, now: now.toISOString() }));
  },
};

/** Where a code of the files themselves is found; what shows only when something is rendered is for `idp check`. */
function foundToday(code: string, { platform }: LoadedPlatform) {
  return validatePlatform(platform).findings.filter((finding) => finding.code === code);
}

function resultOf(explanation: Explanation): VerbResult {
  const { id, code, found } = explanation;
  return {
    exit: exitCode.fine,
    findings: [],
    summary: { id, code, found: found?.length ?? null },
    data: {
      explanation: explanationJson(explanation),
      ...(found !== undefined && { places: JSON.parse(JSON.stringify(found)) }),
    },
    pretty: () => prettyExplanation(explanation),
    markdown: () => markdownExplanation(explanation),
  };
}
