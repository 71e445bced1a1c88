/** Typical expressions of policies over a Deployment, each with the pod's containers, and most with a loop. */
const containers = 'object.spec.template.spec.containers';

export const EXPRESSIONS = [
  'object.spec.replicas >= 2 && object.spec.replicas <= 50',
  `${containers}.all(c, has(c.resources) && has(c.resources.limits) && has(c.resources.limits.memory))`,
  `${containers}.all(c, has(c.resources) && has(c.resources.requests) && 'cpu' in c.resources.requests)`,
  `${containers}.all(c, has(c.livenessProbe))`,
  `${containers}.all(c, has(c.readinessProbe) && has(c.readinessProbe.httpGet))`,
  `${containers}.all(c, !c.image.endsWith(':latest'))`,
  `${containers}.all(c, c.image.startsWith('registry.example.com/') || c.image.startsWith('mirror.example.com/'))`,
  `${containers}.all(c, c.image.contains('@sha256:'))`,
  `${containers}.all(c, has(c.securityContext) && has(c.securityContext.runAsNonRoot) && c.securityContext.runAsNonRoot == true)`,
  `${containers}.all(c, !has(c.securityContext.privileged) || c.securityContext.privileged == false)`,
  `${containers}.all(c, has(c.securityContext.capabilities) && c.securityContext.capabilities.drop.exists(d, d == 'ALL'))`,
  `!has(object.spec.template.spec.hostNetwork) || object.spec.template.spec.hostNetwork == false`,
  `!has(object.spec.template.spec.volumes) || object.spec.template.spec.volumes.all(v, !has(v.hostPath))`,
  `has(object.metadata.labels) && 'app.kubernetes.io/name' in object.metadata.labels`,
  `has(object.metadata.labels) && ['team', 'app.kubernetes.io/part-of'].all(l, l in object.metadata.labels)`,
  `object.metadata.name.size() <= 52`,
  `object.metadata.namespace != 'default'`,
  `${containers}.all(c, !has(c.ports) || c.ports.all(p, !has(p.hostPort) || p.hostPort == 0))`,
  `${containers}.all(c, !has(c.env) || c.env.all(e, !(e.name in ['PASSWORD', 'TOKEN', 'SECRET']) || has(e.valueFrom)))`,
  `object.spec.selector.matchLabels.all(k, k in object.spec.template.metadata.labels)`,
];

/** A Deployment as the platform renders it; each differs a little, and one in ten breaks a rule or two. */
export function deployment(index) {
  const name = `service-${index}`;
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'shop', team: `team-${index % 40}` };
  const container = (role) => ({
    name: role,
    image: `registry.example.com/${name}/${role}${index % 10 === 3 ? ':latest' : `@sha256:${'0123456789abcdef'.repeat(4)}`}`,
    ports: [{ name: 'http', containerPort: 8080 }],
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: `${name}-db`, key: 'password' } } },
      { name: 'REGION', value: 'eu-central-1' },
    ],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: index % 10 === 7 ? {} : { memory: '256Mi' } },
    livenessProbe: { httpGet: { path: '/live', port: 'http' } },
    readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
    securityContext: { runAsNonRoot: true, privileged: false, capabilities: { drop: ['ALL'] } },
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: name, labels },
    spec: {
      replicas: 2 + (index % 3),
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      template: {
        metadata: { labels },
        spec: {
          containers: index % 2 === 0 ? [container('app')] : [container('app'), container('proxy')],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  };
}
