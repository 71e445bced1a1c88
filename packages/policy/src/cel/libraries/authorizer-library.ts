import { library } from '../function-declaration.ts';
import { opaqueType } from '../type.ts';
import { CelOpaque, CelUnknown } from '../value.ts';

/** The type of the variable `authorizer`. */
export const AUTHORIZER = opaqueType('kubernetes.authorization.Authorizer');
/** The type of `authorizer.requestResource`. */
export const RESOURCE_CHECK = opaqueType('kubernetes.authorization.ResourceCheck');

/** A step of a question to the authorizer. There are no such values: the question begins with an unknown. */
abstract class AuthorizerStep extends CelOpaque {}

const step = (name: string) => ({
  type: opaqueType(`kubernetes.authorization.${name}`),
  class: AuthorizerStep,
});

const unknown = (): CelUnknown => new CelUnknown(['the authorizer is known to the cluster only']);

/**
 * Kubernetes' authorizer (apiserver, pkg/cel/library/authz.go), so that what uses it compiles. Who may do what is known
 * to the cluster only: whatever depends on it is unknown.
 */
export const authorizerLibrary = library('kubernetes.authz', {
  types: {
    Authorizer: { type: AUTHORIZER, class: AuthorizerStep },
    ResourceCheck: { type: RESOURCE_CHECK, class: AuthorizerStep },
    GroupCheck: step('GroupCheck'),
    PathCheck: step('PathCheck'),
    Decision: step('Decision'),
  },
  functions: {
    'Authorizer.path(string): PathCheck': unknown,
    'Authorizer.group(string): GroupCheck': unknown,
    'Authorizer.serviceAccount(string, string): Authorizer': unknown,
    'PathCheck.check(string): Decision': unknown,
    'GroupCheck.resource(string): ResourceCheck': unknown,
    'ResourceCheck.subresource(string): ResourceCheck': unknown,
    'ResourceCheck.namespace(string): ResourceCheck': unknown,
    'ResourceCheck.name(string): ResourceCheck': unknown,
    'ResourceCheck.fieldSelector(string): ResourceCheck': unknown,
    'ResourceCheck.labelSelector(string): ResourceCheck': unknown,
    'ResourceCheck.check(string): Decision': unknown,
    'Decision.allowed(): bool': unknown,
    'Decision.reason(): string': unknown,
    'Decision.errored(): bool': unknown,
    'Decision.error(): string': unknown,
  },
});
