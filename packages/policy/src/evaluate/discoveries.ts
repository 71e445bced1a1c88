import { type JsonObject, type Pointer, stringAt } from '../json.ts';
import type { Binding, Policy } from '../policy/policy.ts';
import { type Problem, type ProblemCode, severityOf } from '../policy/problem.ts';
import type { Discovery } from './judge-policy.ts';
import type { StepLimits } from './limits.ts';

const BUDGETS = {
  expression: (steps: string) => `an expression takes more than ${steps} steps`,
  object: (steps: string) => `it takes more than ${steps} steps`,
  run: (steps: string, each: string) =>
    `it has taken ${steps} steps and ${each} for each object in this run; the rest was not evaluated. The last was`,
};

/** Collects what evaluation finds out about policies, each thing once, with the first object that showed it. */
export class Discoveries {
  readonly #problems = new Map<string, Problem>();
  /** Bindings of which no object has found params yet, with what was missing. */
  readonly #missing = new Map<Binding, string>();
  readonly #found = new Set<Binding>();

  add(policy: Policy, discovery: Discovery, object: JsonObject, limits: StepLimits): void {
    switch (discovery.kind) {
      case 'params':
        if (discovery.missing === undefined) this.#found.add(discovery.binding);
        else if (!this.#missing.has(discovery.binding)) this.#missing.set(discovery.binding, discovery.missing);
        return;
      case 'no-message': {
        const at = ['spec', 'validations', discovery.validation, 'messageExpression'];
        const hint = 'the API server falls back to `message`';
        const message = `the message for ${nameOf(object)} is not used: ${discovery.reason}`;
        this.#note(policy, at, 'policy/no-message', message, hint);
        return;
      }
      case 'too-many-steps': {
        const [steps, each] = [limits[discovery.limit], limits.each].map((count) => count.toLocaleString('en-US'));
        const message = `${JSON.stringify(policy.name)}: ${BUDGETS[discovery.limit](`${steps}`, `${each}`)} on ${nameOf(object)}`;
        const hint = 'loop over less: a loop inside a loop multiplies';
        this.#note(policy, ['metadata', 'name'], 'policy/too-many-steps', message, hint);
      }
    }
  }

  problems(): readonly Problem[] {
    const missing = [...this.#missing].flatMap(([binding, message]) =>
      this.#found.has(binding) ? [] : [missingParam(binding, message)],
    );
    return [...this.#problems.values(), ...missing];
  }

  #note({ path, document }: Policy, pointer: Pointer, code: ProblemCode, message: string, hint: string): void {
    const key = JSON.stringify([document, pointer, code]);
    if (this.#problems.has(key)) return;
    this.#problems.set(key, { path, document, pointer, code, severity: severityOf(code), message, hint });
  }
}

function missingParam({ path, document, paramRef }: Binding, missing: string): Problem {
  const code = 'policy/missing-param';
  const effect = paramRef?.notFound === 'Deny' ? 'everything is denied' : 'the policy says nothing';
  const message = `no object found params: ${missing}, so ${effect}`;
  const hint = 'put the object below policies/, or mend paramRef';
  return { path, document, pointer: ['spec', 'paramRef'], code, severity: severityOf(code), message, hint };
}

/** As people name an object: `Deployment checkout/checkout`. */
function nameOf(object: JsonObject): string {
  const namespace = stringAt(object, 'metadata', 'namespace');
  const name = stringAt(object, 'metadata', 'name') ?? '';
  return `${stringAt(object, 'kind') ?? ''} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
