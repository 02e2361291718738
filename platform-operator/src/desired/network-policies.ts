import { type GuardimeshPlatformSpec, LABELS, PART_OF, PORTS } from '@guardimesh/contracts'
import { child, type KubeObject, type Owner, selectorLabels } from './object.js'

type Body = Readonly<Record<string, unknown>>

const tcp = (...ports: readonly number[]): Body[] => ports.map((port) => ({ protocol: 'TCP', port }))
/** From or to any address: only where the other side cannot be named, and each use says why. */
const anywhere = (...ports: readonly number[]): Body => ({ ports: tcp(...ports) })
/** Name servers are pods of the cluster (5353: where OpenShift's listen) or the nodes' own caches on their usual link-local address. */
const DNS: Body = {
  to: [{ namespaceSelector: {} }, { ipBlock: { cidr: '169.254.20.10/32' } }],
  ports: [53, 5353].flatMap((port) => ['UDP', 'TCP'].map((protocol) => ({ protocol, port }))),
}
/** Pods of Guardimesh in this namespace, whoever made them: the chart's tests as well. */
const OURS: Body = { podSelector: { matchLabels: { [LABELS.partOf]: PART_OF } } }

/** What one component's pods may do. */
export interface NetworkPolicyRules {
  readonly component: string
  readonly ingress: readonly Body[]
  readonly egress: readonly Body[]
}

/** Everything that is not said is refused. Pure. */
export function networkPolicy(owner: Owner, { component, ingress, egress }: NetworkPolicyRules): KubeObject {
  return child(
    owner,
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: `${owner.name}-${component}`, component },
    {
      spec: { podSelector: { matchLabels: selectorLabels(owner, component) }, policyTypes: ['Ingress', 'Egress'], ingress, egress },
    },
  )
}

type EgressRules = NonNullable<NonNullable<GuardimeshPlatformSpec['notifications']>['egress']>

/**
 * Who talks to whom inside a platform. Pure.
 *
 * @param databasePort of an external database; undefined when it is bundled.
 * @param receivers of notifications, outside of the platform.
 */
export function platformNetworkPolicyRules(
  owner: Owner,
  databasePort: number | undefined,
  receivers: EgressRules = [],
): NetworkPolicyRules[] {
  const pods = (component: string) => ({ podSelector: { matchLabels: selectorLabels(owner, component) } })
  const to = (component: string, ...ports: readonly number[]): Body => ({ to: [pods(component)], ports: tcp(...ports) })
  // An external database is known by a name, whose addresses may change; policies know addresses only.
  const database = databasePort === undefined ? to('postgres', PORTS.postgres) : anywhere(databasePort)
  const toDatabase = [DNS, database]
  const toSignatureServer = to('signature-server', PORTS['signature-server'])
  const traffic: NetworkPolicyRules[] = [
    // Whoever connects may say on whose behalf (X-Forwarded-For), so only our own pods do. People and scanners of other clusters come through
    // the console. Policies add up: who gathers the API's metrics allows their Prometheus with one of their own.
    {
      component: 'backend',
      ingress: [{ from: [OURS], ports: tcp(PORTS.backend) }],
      egress: [...toDatabase, toSignatureServer],
    },
    // Whoever gathers metrics may run anywhere; the port tells nothing else.
    {
      component: 'worker',
      ingress: [anywhere(PORTS.worker)],
      egress: [
        ...toDatabase,
        toSignatureServer,
        ...receivers.map(({ cidr, ports }) => ({ to: [{ ipBlock: { cidr } }], ports: tcp(...ports) })),
      ],
    },
    { component: 'set-up', ingress: [], egress: toDatabase },
    // People and ingress controllers are anywhere.
    { component: 'console', ingress: [anywhere(PORTS.console)], egress: [DNS, to('backend', PORTS.backend)] },
    // Scanners, API and worker. Who else takes its mirror is allowed by a policy of theirs, as policies add up.
    {
      component: 'signature-server',
      ingress: [{ from: [OURS], ports: tcp(PORTS['signature-server']) }],
      egress: [],
    },
  ]
  if (databasePort !== undefined) return traffic
  const users = ['backend', 'worker', 'set-up'].map(pods)
  return [...traffic, { component: 'postgres', ingress: [{ from: users, ports: tcp(PORTS.postgres) }], egress: [] }]
}

/** Scanners take no connection but the metrics' and make those to backend, signature server and the Kubernetes API. Pure. */
export function scannerNetworkPolicyRules(urls: readonly string[]): NetworkPolicyRules {
  const probes = [PORTS.scanner, PORTS.inspector, PORTS.puller, PORTS['obfuscation-scanner']]
  // The Kubernetes API (443, behind it 6443) has the addresses of the control plane, which policies do not know by name.
  const outside = new Set([443, 6443])
  const inside = new Set<string>()
  for (const url of urls.map((text) => new URL(text))) {
    const namespace = namespaceOf(url)
    if (namespace !== undefined) inside.add(namespace)
    // What is elsewhere is known by a name, whose addresses may change.
    else outside.add(Number(url.port || 443))
  }
  const toPlatforms = [...inside].sort().map((namespace) => ({
    to: [{ ...OURS, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
    // Policies see the port of the pod behind a Service.
    ports: tcp(PORTS.backend),
  }))
  return {
    component: 'scanner',
    ingress: [anywhere(...probes)],
    egress: [DNS, ...toPlatforms, anywhere(...[...outside].sort((a, b) => a - b))],
  }
}

/** Of a Service of this cluster, such as https://guardimesh-backend.security.svc; undefined for what is elsewhere. */
function namespaceOf({ hostname }: URL): string | undefined {
  return /^[^.]+\.([^.]+)\.svc(\.|$)/.exec(hostname)?.[1]
}
