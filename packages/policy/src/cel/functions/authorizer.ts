import type { Environment } from '@marcbachmann/cel-js';

/** Who may do what is known to the cluster only. Reading the variable already ends in an unknown. */
class Authorizer {}

const METHODS = [
  'path',
  'group',
  'resource',
  'subresource',
  'namespace',
  'name',
  'check',
  'fieldSelector',
  'labelSelector',
];

/** Declares Kubernetes' authorizer library, so that expressions which use it compile (and are inconclusive). */
export function registerAuthorizer(engine: Environment): void {
  const never = (): never => {
    throw new Error('the authorizer is not known here');
  };
  engine.registerType('Authorizer', { ctor: Authorizer, fields: { requestResource: 'Authorizer' } });
  for (const method of METHODS)
    engine.registerFunction(`Authorizer.${method}(string): Authorizer`, never, { async: false });
  engine.registerFunction('Authorizer.serviceAccount(string, string): Authorizer', never, { async: false });
  for (const method of ['allowed', 'errored']) {
    engine.registerFunction(`Authorizer.${method}(): bool`, never, { async: false });
  }
  for (const method of ['reason', 'error']) {
    engine.registerFunction(`Authorizer.${method}(): string`, never, { async: false });
  }
}
