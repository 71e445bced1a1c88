import type { PromotedService } from './promoted-service.ts';

const listed = 50;

/** The commit's message: what moved, then trailers for machines (git-interpret-trailers). */
export function promotionMessage(environment: string, commit: string, promoted: readonly PromotedService[]): string {
  const [first] = promoted;
  const subject =
    promoted.length === 1 && first !== undefined
      ? `Promote ${first.service} to ${environment}`
      : `Promote ${promoted.length} services to ${environment}`;
  const words = {
    new: 'new',
    release: 'a new release',
    environment: "the environment's values changed",
    restored: 'restored after an edit by hand',
  };
  const lines = promoted
    .slice(0, listed)
    .map(
      ({ service, change, written }) =>
        `- ${service}: ${words[change]}, ${written} ${written === 1 ? 'manifest' : 'manifests'}`,
    );
  if (promoted.length > listed) lines.push(`- and ${promoted.length - listed} more, see .idp/services`);
  const releases = promoted.slice(0, listed).map(({ service, release }) => `Idp-Release: ${service} ${release}`);
  return [subject, '', ...lines, '', `Idp-Environment: ${environment}`, `Idp-Source: ${commit}`, ...releases, ''].join(
    '\n',
  );
}
