import { property, stringAt } from '../json.ts';
import { ExpressionScope } from '../policy/expression-scope.ts';
import type { NamedProgram } from '../policy/policy.ts';
import type { ProblemLog } from '../policy/problem.ts';
import {
  optionalString,
  type Place,
  readChoice,
  readObject,
  readObjects,
  readStringMap,
  readStrings,
  requiredObject,
  requiredString,
} from '../policy/read-fields.ts';
import { readMetadata } from '../policy/read-metadata.ts';
import { readConditions } from '../policy/read-policy.ts';
import type { PolicyException } from './dialect.ts';
import { kyvernoScope } from './kyverno-environment.ts';

const DOCUMENT_FIELDS = { known: ['apiVersion', 'kind', 'metadata', 'spec', 'status'] };
const SPEC_FIELDS = {
  known: [
    'policyRefs',
    'matchConditions',
    'images',
    'allowedValues',
    'reportResult',
    'expiresAt',
    'properties',
    'evaluationMode',
  ],
};
const REF_FIELDS = { known: ['name', 'kind'] };

export interface PolicyRef {
  readonly name: string;
  readonly kind: string;
  readonly place: Place;
}

export interface ReadException {
  readonly exception: PolicyException;
  readonly policies: readonly PolicyRef[];
}

/**
 * Reads a PolicyException of Kyverno (policies.kyverno.io): which policies it is about, and when. Its reason is
 * `spec.properties.reason`, or else what its annotations describe.
 */
export function readPolicyException(value: unknown, path: string, log: ProblemLog): ReadException | undefined {
  const document = readObject(value, [], log, DOCUMENT_FIELDS);
  const metadata = document && readMetadata(document, ['namespace']);
  const spec = document && requiredObject(document, 'spec', SPEC_FIELDS);
  if (!spec) return undefined;
  const policies = readObjects(spec, 'policyRefs', REF_FIELDS).flatMap((place): readonly PolicyRef[] => {
    const name = requiredString(place, 'name');
    const kind = requiredString(place, 'kind');
    return name === undefined || kind === undefined ? [] : [{ name, kind, place }];
  });
  const conditions: readonly NamedProgram[] = readConditions(spec, new ExpressionScope(kyvernoScope));
  const allowed = { images: readStrings(spec, 'images'), values: readStrings(spec, 'allowedValues') };
  readChoice(spec, 'reportResult', ['skip', 'pass'], 'skip');
  const properties = readStringMap(spec, 'properties');
  const expires = optionalString(spec, 'expiresAt');
  if (expires !== undefined && Number.isNaN(Date.parse(expires)))
    log.add([...spec.pointer, 'expiresAt'], 'policy/invalid', `${JSON.stringify(expires)} is not a time`);
  if (policies.length === 0 && !log.hasErrors)
    log.add(spec.pointer, 'policy/invalid', 'policyRefs is missing: the exception is for no policy');
  if (log.hasErrors || !metadata) return undefined;
  const described = stringAt(value, 'metadata', 'annotations', 'policies.kyverno.io/description');
  const reason = (property(properties, 'reason') as string | undefined) ?? described ?? '';
  return {
    policies,
    exception: {
      name: metadata.name,
      path,
      conditions,
      allowed,
      reason: reason.replace(/\s+/g, ' ').trim() || `PolicyException ${metadata.name}`,
      ...(expires === undefined ? {} : { expires }),
    },
  };
}
