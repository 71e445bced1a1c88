import type { Capability } from '../capability/capability.ts';
import { digestOfText } from '../digest/digest.ts';
import { CustomTypes } from '../kubernetes/custom-types.ts';
import type { CapabilityDocument } from '../schema/capability.schema.ts';
import { textSource } from '../source/text-source.ts';

const quantity = { type: 'string', pattern: '^[1-9][0-9]*(k|K|Ki|M|Mi|G|Gi|T|Ti)?$' };

const onlyEmpty = { not: {}, description: 'It is for a volume without `size`, which is gone with its pod.' };

const parameters = {
  type: 'object',
  additionalProperties: false,
  properties: {
    size: { ...quantity, description: 'How much is kept, in quotes: "10Gi". Without it, nothing is.' },
    storageClass: {
      type: 'string',
      pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
      maxLength: 253,
      description: "A storage class of the cluster; without it, the cluster's default.",
    },
    accessModes: {
      type: 'array',
      minItems: 1,
      items: { enum: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany', 'ReadOnlyMany'] },
      description: 'Who may mount it; `ReadWriteOnce` by default. With `…Many`, all pods share one.',
    },
    sizeLimit: { ...quantity, description: 'Of a volume without `size`, in quotes: "64Mi".' },
    medium: { const: 'Memory', description: 'Of a volume without `size`: in memory.' },
  },
  dependentRequired: { storageClass: ['size'], accessModes: ['size'] },
  dependentSchemas: { size: { properties: { sizeLimit: onlyEmpty, medium: onlyEmpty } } },
};

const document: CapabilityDocument = {
  apiVersion: 'idp.internal/v1alpha1',
  kind: 'Capability',
  metadata: { name: 'volume' },
  spec: {
    owner: 'group:default/platform',
    lifecycle: 'production',
    provides: 'resource',
    parameters,
    onDelete: 'retain',
  },
};

/**
 * The built-in type `volume` as the capability that it would be: a volume that is kept has parameters, an identity and a
 * deletion like any other. The renderer makes its objects, so that its version is the renderer's.
 */
export const volumeCapability: Capability = {
  name: 'volume',
  version: '1.0.0',
  integrity: digestOfText('volume'),
  folder: '',
  document,
  source: textSource('idp.yaml', '', ''),
  deploy: [],
  patches: [],
  alerts: [],
  dashboards: [],
  crds: new CustomTypes(() => []),
  scaffold: [],
  outputs: new Map(),
};
