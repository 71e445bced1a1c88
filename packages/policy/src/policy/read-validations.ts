import type { ExpressionScope } from './expression-scope.ts';
import { isQualifiedName } from './names.ts';
import type { AuditAnnotation, Validation } from './policy.ts';
import { optionalString, type Place, readChoice, readList, readObjects, requiredString } from './read-fields.ts';

const VALIDATION_FIELDS = { known: ['expression', 'message', 'messageExpression', 'reason'] };
const ANNOTATION_FIELDS = { known: ['key', 'valueExpression'] };
const REASONS = ['Invalid', 'Unauthorized', 'Forbidden', 'RequestEntityTooLarge'] as const;
const MAXIMUM_ANNOTATIONS = 20;
const MAXIMUM_VALUE_EXPRESSION = 5 * 1024;

export function readValidations(spec: Place, scope: ExpressionScope): readonly Validation[] {
  return readObjects(spec, 'validations', VALIDATION_FIELDS).flatMap((place, index): readonly Validation[] => {
    const program = scope.compile(place, 'expression', 'validation');
    const message = optionalString(place, 'message')?.trim();
    if (message !== undefined && (message === '' || /[\n\r]/.test(message))) {
      place.log.add([...place.pointer, 'message'], 'policy/invalid', 'message must be one line of text');
    }
    const hasExpression = optionalString(place, 'messageExpression') !== undefined;
    const messageProgram = hasExpression ? scope.compile(place, 'messageExpression', 'message') : undefined;
    const reason = readChoice(place, 'reason', REASONS, 'Invalid');
    if (!program) return [];
    const texts = { ...(message === undefined ? {} : { message }), ...(messageProgram ? { messageProgram } : {}) };
    return [{ index, program, reason, ...texts }];
  });
}

/** @param policy its name: with a key after it, it becomes the key of the annotation */
export function readAuditAnnotations(spec: Place, scope: ExpressionScope, policy: string): readonly AuditAnnotation[] {
  const count = readList(spec, 'auditAnnotations').length;
  if (count > MAXIMUM_ANNOTATIONS) {
    const message = `${count} audit annotations are more than ${MAXIMUM_ANNOTATIONS}`;
    spec.log.add([...spec.pointer, 'auditAnnotations'], 'policy/invalid', message);
  }
  const keys = new Set<string>();
  return readObjects(spec, 'auditAnnotations', ANNOTATION_FIELDS).flatMap((place, index) => {
    const key = requiredString(place, 'key');
    const refuse = (field: string, message: string): void =>
      place.log.add([...place.pointer, field], 'policy/invalid', message);
    if (key !== undefined && policy !== '' && !isQualifiedName(`${policy}/${key}`))
      refuse('key', `${JSON.stringify(key)} is not a valid key`);
    if (key !== undefined && keys.has(key)) refuse('key', `${JSON.stringify(key)} is there twice`);
    if ((optionalString(place, 'valueExpression') ?? '').trim().length > MAXIMUM_VALUE_EXPRESSION)
      refuse('valueExpression', `longer than ${MAXIMUM_VALUE_EXPRESSION} characters`);
    const program = scope.compile(place, 'valueExpression', 'audit');
    if (key === undefined || !program) return [];
    keys.add(key);
    return [{ index, key, program }];
  });
}
