import type { Capability } from './capability.ts';

/** What is read of a package when somebody asks for it. */
type Lazy = 'integrity' | 'deploy' | 'patches' | 'alerts' | 'dashboards' | 'scaffold' | 'outputs';

/**
 * A capability whose templates are read when somebody asks for them. A class: an object literal with getters would have a
 * shape of its own for each capability.
 */
export class PackageCapability implements Capability {
  readonly name: Capability['name'];
  readonly version: Capability['version'];
  readonly folder: Capability['folder'];
  readonly document: Capability['document'];
  readonly source: Capability['source'];
  readonly crds: Capability['crds'];
  private readonly lazy: { readonly [Part in Lazy]: () => Capability[Part] };

  constructor(capability: Omit<Capability, Lazy>, lazy: { readonly [Part in Lazy]: () => Capability[Part] }) {
    this.name = capability.name;
    this.version = capability.version;
    this.folder = capability.folder;
    this.document = capability.document;
    this.source = capability.source;
    this.crds = capability.crds;
    this.lazy = lazy;
  }

  get integrity(): Capability['integrity'] {
    return this.lazy.integrity();
  }

  get deploy(): Capability['deploy'] {
    return this.lazy.deploy();
  }

  get patches(): Capability['patches'] {
    return this.lazy.patches();
  }

  get alerts(): Capability['alerts'] {
    return this.lazy.alerts();
  }

  get dashboards(): Capability['dashboards'] {
    return this.lazy.dashboards();
  }

  get scaffold(): Capability['scaffold'] {
    return this.lazy.scaffold();
  }

  get outputs(): Capability['outputs'] {
    return this.lazy.outputs();
  }
}
