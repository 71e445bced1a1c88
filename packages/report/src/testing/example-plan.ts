import type { Digest, Plan } from '@idp/core';

const digest = (start: string): Digest => `sha256:${start.padEnd(64, '0')}`;
const image = (digits: string): string =>
  `registry.example.internal/team-payments/storefront/checkout-service/production-images/main@sha256:${digits.repeat(64)}`;

/** A plan with something of everything: each kind of change, of value, and of text that tries to break out. */
export const examplePlan: Plan = {
  compared: 12,
  notPlanned: ['billing', 'evil`@octocat`'],
  services: [
    {
      service: 'checkout',
      environment: 'dev',
      fromTree: digest('1a2b3c4d5'),
      toTree: digest('5e6f7a8b9'),
      fromRelease: digest('aaaa1111'),
      toRelease: digest('bbbb2222'),
      targets: ['eu'],
      digest: digest('cccc'),
      changes: [
        {
          object: 'apps/v1 Deployment checkout/checkout',
          target: 'eu',
          path: 'manifests/eu/checkout/checkout/deployment.apps-checkout.yaml',
          kind: 'updated',
          fields: [
            { kind: 'changed', pointer: '/spec/replicas', before: 1, after: 3 },
            {
              kind: 'changed',
              pointer: '/spec/template/spec/containers/0/image',
              before: image('a'),
              after: image('b'),
            },
            { kind: 'added', pointer: '/metadata/labels/app.kubernetes.io~1version', after: '1.10' },
            { kind: 'removed', pointer: '/spec/paused', before: true },
            {
              kind: 'added',
              pointer: '/spec/template/spec/containers/0/resources',
              after: { limits: { memory: '1Gi' } },
            },
            { kind: 'changed', pointer: '/spec/minReadySeconds', before: '5', after: 5 },
            { kind: 'changed', pointer: '/metadata/annotations/note', before: 'x'.repeat(300), after: null },
          ],
        },
        {
          object: 'v1 ConfigMap checkout/checkout-files',
          target: 'eu',
          path: 'manifests/eu/checkout/checkout/configmap-checkout-files.yaml',
          kind: 'updated',
          fields: [
            {
              kind: 'changed',
              pointer: '/data/app.yaml',
              before: 'name: checkout\nport: 8080\nlog: info\nregion: eu\n',
              after: 'name: checkout\nport: 8080\nlog: debug\nregion: eu\n',
            },
            { kind: 'added', pointer: '/data/run.sh', after: '#!/bin/sh\nexec node main.js\n' },
            { kind: 'removed', pointer: '/data/long', before: 'line\n'.repeat(50) },
          ],
        },
        {
          object: 'v1 Secret checkout/token',
          target: 'eu',
          path: 'manifests/eu/checkout/checkout/secret-token.yaml',
          kind: 'updated',
          fields: [
            { kind: 'changed', pointer: '/data/token', before: 'b2xk', after: 'bmV3' },
            { kind: 'changed', pointer: '/type', before: 'Opaque', after: 'kubernetes.io/tls' },
          ],
        },
        {
          object: 'postgresql.cnpg.io/v1 Cluster checkout/checkout-db',
          target: 'eu',
          path: 'manifests/eu/checkout/checkout/cluster.postgresql.cnpg.io-checkout-db.yaml',
          kind: 'created',
          fields: [],
        },
        {
          object: 'v1 Service checkout/old',
          target: 'eu',
          path: 'manifests/eu/checkout/checkout/service-old.yaml',
          kind: 'deleted',
          fields: [],
        },
      ],
    },
    {
      service: 'checkout',
      environment: 'prod',
      fromTree: digest('77777777'),
      toTree: digest('77777777'),
      fromRelease: digest('aaaa1111'),
      toRelease: digest('bbbb2222'),
      targets: ['eu', 'us'],
      digest: digest('dddd'),
      changes: [],
    },
    {
      service: 'evil|`@octocat`</details>',
      environment: 'dev\n# title',
      fromTree: undefined,
      toTree: digest('99999999'),
      fromRelease: undefined,
      toRelease: digest('eeee'),
      targets: ['eu', 'us'],
      digest: digest('ffff'),
      changes: [
        {
          object: 'v1 ConfigMap evil/```\n</details>@octocat',
          target: 'eu',
          path: 'manifests/eu/evil/evil/configmap.yaml',
          kind: 'updated',
          fields: [
            {
              kind: 'changed',
              pointer: '/data/x~1`|<b>',
              before: '```\n</details>\n@octocat',
              after: '\u001b[31m`````\nhttps://x',
            },
            { kind: 'added', pointer: '/data/y', after: '\u202e##[error]' },
          ],
        },
      ],
    },
  ],
};
