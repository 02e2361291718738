import { LABELS, PART_OF, PORTS } from '@guardimesh/contracts'
import { child, type KubeObject, type Owner, selectorLabels } from './object.js'

type Body = Readonly<Record<string, unknown>>

const tcp = (...ports: readonly number[]): Body[] => ports.map((port) => ({ protocol: 'TCP', port }))
const anywhere = (...ports: readonly number[]): Body => ({ ports: tcp(...ports) })
/** 5353: where OpenShift's name servers listen behind their Service. */
const DNS: Body = { ports: [53, 5353].flatMap((port) => ['UDP', 'TCP'].map((protocol) => ({ protocol, port }))) }

/** What one component's pods may do. */
export interface Traffic {
  readonly component: string
  readonly ingress: readonly Body[]
  readonly egress: readonly Body[]
}

/** Everything that is not said is refused. Pure. */
export function networkPolicy(owner: Owner, { component, ingress, egress }: Traffic): KubeObject {
  return child(
    owner,
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: `${owner.name}-${component}`, component },
    {
      spec: { podSelector: { matchLabels: selectorLabels(owner, component) }, policyTypes: ['Ingress', 'Egress'], ingress, egress },
    },
  )
}

/** Who talks to whom inside a platform. `databasePort`: of an external database; undefined when it is bundled. Pure. */
export function platformTraffic(owner: Owner, databasePort: number | undefined): Traffic[] {
  const pods = (component: string) => ({ podSelector: { matchLabels: selectorLabels(owner, component) } })
  const to = (component: string, ...ports: readonly number[]): Body => ({ to: [pods(component)], ports: tcp(...ports) })
  const database = databasePort === undefined ? to('postgres', PORTS.postgres) : anywhere(databasePort)
  const toDatabase = [DNS, database]
  const traffic: Traffic[] = [
    // Scanners of other clusters report here as well, so the API is open to all; it asks everybody for a key.
    {
      component: 'backend',
      ingress: [anywhere(PORTS.backend)],
      egress: [...toDatabase, to('signature-server', PORTS['signature-server'])],
    },
    { component: 'worker', ingress: [anywhere(PORTS.worker)], egress: toDatabase },
    { component: 'set-up', ingress: [], egress: toDatabase },
    { component: 'console', ingress: [anywhere(PORTS.console)], egress: [DNS, to('backend', PORTS.backend)] },
    {
      component: 'signature-server',
      ingress: [{ from: [{ podSelector: { matchLabels: { [LABELS.partOf]: PART_OF } } }], ports: tcp(PORTS['signature-server']) }],
      egress: [],
    },
  ]
  if (databasePort !== undefined) return traffic
  const users = ['backend', 'worker', 'set-up'].map(pods)
  return [...traffic, { component: 'postgres', ingress: [{ from: users, ports: tcp(PORTS.postgres) }], egress: [] }]
}

/** Scanners take no connection but the metrics' and make those to backend, signature server and the Kubernetes API. Pure. */
export function scannerTraffic(urls: readonly string[]): Traffic {
  // Policies see the port of the pod behind a Service, so the ports inside the pods count as well.
  const ports = new Set([443, 6443, PORTS.backend, ...urls.map((url) => Number(new URL(url).port || 443))])
  const probes = [PORTS.scanner, PORTS.inspector, PORTS.puller, PORTS['obfuscation-scanner']]
  return { component: 'scanner', ingress: [anywhere(...probes)], egress: [DNS, anywhere(...[...ports].sort((a, b) => a - b))] }
}
