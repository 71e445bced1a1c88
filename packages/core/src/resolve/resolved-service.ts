import { type Digest, digestOfJson } from '../digest/digest.ts';
import { type Resolution, releaseValue } from './resolution.ts';

/**
 * A resolution whose digest is made when somebody asks for it: who validates does not. A class, because an object with
 * a getter of its own is a shape of its own to V8, which lives until a full collection.
 */
export class ResolvedService implements Resolution {
  readonly service: Resolution['service'];
  readonly workload: Resolution['workload'];
  readonly facts: Resolution['facts'];
  readonly namespace: Resolution['namespace'];
  readonly renderer: Resolution['renderer'];
  readonly images: Resolution['images'];
  readonly runs: Resolution['runs'];
  readonly uses: Resolution['uses'];
  readonly shared: Resolution['shared'];
  readonly services: Resolution['services'];
  private digest: Digest | undefined;

  constructor(parts: Omit<Resolution, 'release'>) {
    this.service = parts.service;
    this.workload = parts.workload;
    this.facts = parts.facts;
    this.namespace = parts.namespace;
    this.renderer = parts.renderer;
    this.images = parts.images;
    this.runs = parts.runs;
    this.uses = parts.uses;
    this.shared = parts.shared;
    this.services = parts.services;
  }

  get release(): Digest {
    this.digest ??= digestOfJson(releaseValue(this));
    return this.digest;
  }
}
