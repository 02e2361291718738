import { type GuardimeshPlatformSpec, LABELS, PART_OF, PORTS } from '@guardimesh/contracts'
import { child, type KubeObject, type Owner, selectorLabels } from './object.js'

type Body = Readonly<Record<string, unknown>>

const tcp = (...ports: readonly number[]): Body[] => ports.map((port) => ({ protocol: 'TCP', port }))
/** From or to any address. Used only where the peer cannot be selected; each use states the reason. */
const anywhere = (...ports: readonly number[]): Body => ({ ports: tcp(...ports) })
/** Name servers are pods of the cluster (port 5353 on OpenShift) or node-local caches on their default link-local address. */
const DNS: Body = {
  to: [{ namespaceSelector: {} }, { ipBlock: { cidr: '169.254.20.10/32' } }],
  ports: [53, 5353].flatMap((port) => ['UDP', 'TCP'].map((protocol) => ({ protocol, port }))),
}
/** All pods of Guardimesh in this namespace, including those of the chart's tests. */
const GUARDIMESH_PODS: Body = { podSelector: { matchLabels: { [LABELS.partOf]: PART_OF } } }

/** Allowed connections of one component. */
export interface NetworkPolicyRules {
  readonly component: string
  readonly ingress: readonly Body[]
  readonly egress: readonly Body[]
}

/** Builds a policy that denies all other connections. Pure. */
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
 * The allowed connections of all components of a platform. Pure.
 *
 * @param databasePort port of an external database; undefined if it is bundled.
 * @param receivers receivers of notifications outside the platform.
 */
export function platformNetworkPolicyRules(
  owner: Owner,
  databasePort: number | undefined,
  receivers: EgressRules = [],
): NetworkPolicyRules[] {
  const pods = (component: string) => ({ podSelector: { matchLabels: selectorLabels(owner, component) } })
  const to = (component: string, ...ports: readonly number[]): Body => ({ to: [pods(component)], ports: tcp(...ports) })
  // The addresses of an external database may change, and policies cannot select a host name.
  const database = databasePort === undefined ? to('postgres', PORTS.postgres) : anywhere(databasePort)
  const toDatabase = [DNS, database]
  const toSignatureServer = to('signature-server', PORTS['signature-server'])
  const rules: NetworkPolicyRules[] = [
    // The API trusts X-Forwarded-For of its clients, so only our own pods may connect. Users and scanners of other clusters connect
    // through the console. Policies are additive: an additional policy can admit Prometheus to the metrics of the API.
    {
      component: 'backend',
      ingress: [{ from: [GUARDIMESH_PODS], ports: tcp(PORTS.backend) }],
      egress: [...toDatabase, toSignatureServer],
    },
    // Prometheus may run anywhere; the port serves only metrics and probes.
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
    // Browsers and ingress controllers connect from anywhere.
    { component: 'console', ingress: [anywhere(PORTS.console)], egress: [DNS, to('backend', PORTS.backend)] },
    // Scanners, API and worker. Policies are additive: an additional policy can admit other clients of the mirror.
    {
      component: 'signature-server',
      ingress: [{ from: [GUARDIMESH_PODS], ports: tcp(PORTS['signature-server']) }],
      egress: [],
    },
  ]
  if (databasePort !== undefined) return rules
  const clients = ['backend', 'worker', 'set-up'].map(pods)
  return [...rules, { component: 'postgres', ingress: [{ from: clients, ports: tcp(PORTS.postgres) }], egress: [] }]
}

/** The allowed connections of scanner pods: metrics and probes inbound; backend and Kubernetes API outbound. Pure. */
export function scannerNetworkPolicyRules(backendUrl: string): NetworkPolicyRules {
  return {
    component: 'scanner',
    ingress: [anywhere(PORTS.scanner, PORTS.inspector)],
    // The Kubernetes API (443, or 6443 behind its Service) has the addresses of the control plane, which policies cannot select.
    egress: egressTo(backendUrl, [443, 6443]),
  }
}

/** The allowed connections of the engines' pods: metrics and probes inbound; signature server outbound. Pure. */
export function enginesNetworkPolicyRules(signatureServerUrl: string): NetworkPolicyRules {
  return {
    component: 'engines',
    ingress: [anywhere(PORTS.puller, PORTS['obfuscation-scanner'])],
    egress: egressTo(signatureServerUrl, []),
  }
}

/** Name servers, a server of the platform, and other ports of any address. Pure. */
function egressTo(serverUrl: string, otherPorts: readonly number[]): Body[] {
  const url = new URL(serverUrl)
  const namespace = namespaceOf(url)
  // The addresses behind an external host name may change.
  const external = namespace === undefined ? [Number(url.port || 443)] : []
  const ports = [...new Set([...otherPorts, ...external])].sort((a, b) => a - b)
  const toPlatform = {
    to: [{ ...GUARDIMESH_PODS, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
    // Policies apply to the port of the pod behind a Service.
    ports: tcp(PORTS.backend),
  }
  return [DNS, ...(namespace === undefined ? [] : [toPlatform]), ...(ports.length === 0 ? [] : [anywhere(...ports)])]
}

/** Namespace of a Service of this cluster, such as https://guardimesh-backend.security.svc; undefined for another host. */
function namespaceOf({ hostname }: URL): string | undefined {
  return /^[^.]+\.([^.]+)\.svc(\.|$)/.exec(hostname)?.[1]
}
