import type { Environment } from '../environment/environment.ts';
import { quote } from '../finding/did-you-mean.ts';
import type { Finding } from '../finding/finding.ts';
import type { Claim } from './branch-claims.ts';
import type { BranchState } from './ports.ts';
import { recordedServices, recordPath } from './record.ts';

export function closedFinding(
  { name, document, source }: Environment,
  field: 'gates' | 'after' | 'promotion',
): Finding {
  const reasons = {
    gates: 'has gates, which this version does not judge',
    after: `comes after ${document.spec.after?.join(', ')}, which this version does not judge`,
    promotion: 'is promoted by pull requests, which this version does not open',
  };
  return {
    code: 'promote/gated',
    severity: 'error',
    message: `${name} ${reasons[field]}: nothing was promoted`,
    hint: 'promote to an environment without `gates` and `after`, and with `promotion: automatic`',
    subject: `environment:${name}`,
    ...source.locate(['spec', field], 'key'),
  };
}

/** One finding that leads to the others. */
export function blockedFinding(service: string, findings: readonly Finding[]): Finding {
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return {
    ...first,
    code: 'promote/blocked',
    severity: 'error',
    message: `${service} is not promoted: ${first?.message ?? 'it was not rendered'}${more}${first === undefined ? '' : ` [${first.code}]`}`,
    hint: first?.hint ?? '`npx idp check` says why',
    subject: `service:${service}`,
  };
}

export function retainedFinding(service: string, paths: readonly string[]): Finding {
  const [first = '', ...others] = paths;
  const what = others.length === 0 ? `${quote(first)} is` : `${quote(first)} and ${others.length} more manifests are`;
  return {
    code: 'promote/retained',
    severity: 'warning',
    message: `${what} no longer rendered and ${others.length === 0 ? 'stays' : 'stay'} on the branch: this version never deletes a manifest`,
    hint: 'wait for the version that plans deletions; what is there keeps running',
    subject: `service:${service}`,
  };
}

export function identityChanged(service: string, environment: Environment, change: string): Finding {
  return {
    code: 'promote/identity-changed',
    severity: 'error',
    message: `${service} was left as it is on ${environment.branch}: ${change}; an identity never changes, the other one would be empty`,
    hint: `restore services/${service}/.idp/lock.yaml from its history`,
    subject: `service:${service}`,
  };
}

export function identityTaken(service: string, environment: Environment, { what, owner }: Claim): Finding {
  return {
    code: 'promote/identity-taken',
    severity: 'error',
    message: `${service} is not promoted: ${what} belongs to ${quote(owner)} on ${environment.branch}`,
    hint: `give ${service} identities of its own; a service that was renamed keeps its old name until moving is planned`,
    subject: `service:${service}`,
  };
}

export function invalidRecord(service: string, environment: Environment, reason: string): Finding {
  return {
    code: 'promote/invalid-record',
    severity: 'error',
    message: `the record of ${service} on ${environment.branch} cannot be read: ${reason}; the service was left as it is`,
    hint: `restore ${recordPath(service)} on ${environment.branch} from its history`,
    subject: `service:${service}`,
  };
}

export function goneServices(branch: BranchState, names: ReadonlySet<string>): readonly Finding[] {
  return recordedServices(branch.snapshot)
    .filter((service) => !names.has(service))
    .map((service) => ({
      code: 'promote/service-gone',
      severity: 'warning',
      message: `${quote(service)} is on ${branch.branch} but no longer in the repository; it keeps running: this version never deletes a manifest`,
      hint: 'wait for the version that plans deletions',
      subject: `service:${service}`,
    }));
}
