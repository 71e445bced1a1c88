import type { PolicySubject } from './policy-subjects.ts';

/** What a person asks for. */
export interface PolicyOptions {
  readonly name: string;
  readonly owner: string;
  /** The folder below policies/. Default: the owner's name. */
  readonly pack?: string | undefined;
  readonly over: PolicySubject;
  readonly action: 'deny' | 'warn' | 'audit';
  readonly title?: string | undefined;
}
