/**
 * A repository of somebody who uses Backstage and has never heard of this platform: the shapes that Backstage's own
 * example catalog has. A file in the root leads to others by locations, some by URL; teams with their people in one
 * file; APIs whose definitions are beside them; a template with its skeleton; a mono-repository with files of its own.
 */
export const foreignCatalog: Readonly<Record<string, string>> = {
  'README.md': '# Observatory\n',
  'package.json': '{ "name": "observatory", "private": true }\n',
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: observatory
  description: Everything that the observatory runs
  annotations:
    github.com/project-slug: observatory/software
spec:
  targets:
    - ./model/all-*.yaml
    - ./model/org/org.yaml
    - https://github.com/observatory/instruments/blob/main/catalog-info.yaml
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: observatory-docs
  annotations:
    backstage.io/techdocs-ref: dir:.
  links:
    - url: https://docs.observatory.example
      title: The handbook
      icon: docs
spec:
  type: documentation
  lifecycle: production
  owner: guests
`,
  'model/all-components.yaml': `apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: components
spec:
  type: url
  targets:
    - ./components/*.yaml
    - ./resources.yaml
`,
  'model/all-apis.yaml': `apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: apis
spec:
  target: ./apis/all.yaml
`,
  'model/all-systems.yaml': `apiVersion: backstage.io/v1alpha1
kind: Domain
metadata:
  name: sky
spec:
  owner: astronomers
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata:
  name: deep-sky
spec:
  owner: group:astronomers
  subdomainOf: sky
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata:
  name: surveys
  tags: [python, nightly]
spec:
  owner: astronomers
  domain: deep-sky
---
# What has become of the old telescope is kept for the record.
`,
  'model/org/org.yaml': `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: observatory
spec:
  type: organization
  children: [astronomers]
---
apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: teams
spec:
  targets:
    - ./astronomers.yaml
    - ./guests.yaml
    - ../../catalog-info.yaml
`,
  'model/org/astronomers.yaml': `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: astronomers
spec:
  type: team
  parent: observatory
  profile:
    email: astronomers@observatory.example
    picture: https://observatory.example/astronomers.svg
  children: []
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: vera.rubin
spec:
  profile:
    displayName: Vera Rubin
  memberOf: [astronomers]
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata:
  name: guest
  namespace: development
spec:
  profile:
    displayName: Guest
  memberOf: [group:default/guests]
`,
  'model/org/guests.yaml': `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: guests
spec:
  type: team
  ancestors: []
  children: []
`,
  'model/components/ingest.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ingest
  description: Takes the night's images in
  labels:
    observatory.example/tier: "1"
  annotations:
    pagerduty.com/integration-key: none
    example.com/long: |
      a text
      of two lines
  tags: [c++, images]
spec:
  type: service
  lifecycle: production
  owner: astronomers
  system: surveys
  dependsOn: ['resource:image-store', "component:default/calibration"]
  providesApis: [images]
`,
  'model/components/calibration.yaml': `apiVersion: backstage.io/v1beta1
kind: Component
metadata:
  name: calibration
spec:
  type: library
  lifecycle: experimental
  owner: user:default/vera.rubin
  subcomponentOf: ingest
  consumesApis: [images, alternative/tides]
`,
  'model/components/elsewhere.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: tide-table
  namespace: alternative
spec:
  type: website
  lifecycle: production
  owner: default/astronomers
  providesApis: [tides]
`,
  'model/resources.yaml': `apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: image-store
spec:
  type: s3-bucket
  owner: Astronomers
  system: surveys
`,
  'model/apis/all.yaml': `apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: images
spec:
  type: openapi
  lifecycle: production
  owner: astronomers
  system: surveys
  definition:
    $text: ./images.openapi.yaml
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: tides
  namespace: alternative
spec:
  type: graphql
  lifecycle: deprecated
  owner: group:default/astronomers
  definition:
    $text: https://raw.githubusercontent.com/observatory/tides/main/schema.graphql
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: alerts
spec:
  type: asyncapi
  lifecycle: experimental
  owner: astronomers
  definition: |
    asyncapi: 3.0.0
    channels: { alerts: { $ref: '#/components/channels/alerts' } }
`,
  'model/apis/images.openapi.yaml': 'openapi: 3.1.0\ninfo: { title: Images, version: 1.0.0 }\npaths: {}\n',
  'packages/viewer/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: viewer
spec:
  type: website
  lifecycle: production
  owner: astronomers
  consumesApis:
    - images
`,
  'packages/viewer/node_modules/x/catalog-info.yaml': 'kind: [',
  'templates/instrument/catalog-info.yaml': `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: instrument
  title: A new instrument
spec:
  owner: astronomers
  type: service
  parameters:
    - title: The instrument
      required: [name]
      properties:
        name: { type: string, ui:autofocus: true }
        owner: { type: string, ui:field: OwnerPicker }
  steps:
    - id: fetch
      action: fetch:template
      input:
        url: ./skeleton
        values: { name: "\${{ parameters.name }}" }
  output:
    links:
      - title: Catalog
        url: \${{ steps.publish.output.remoteUrl }}
`,
  'templates/instrument/skeleton/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name | dump }}
{%- if values.tags %}
  tags: []
{%- endif %}
spec:
  type: service
`,
};
