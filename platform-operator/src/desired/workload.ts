import { type Component, componentName } from '@guardimesh/contracts'
import { child, type KubeObject, selectorLabels } from './object.js'
import { type Pod, podTemplate, spreadOverNodes } from './pod.js'
import type { ChildContext } from './settings.js'

type Body = Readonly<Record<string, unknown>>

export interface DeploymentOptions {
  readonly replicas: number
  /** Uses the strategy Recreate: two pods must not run at once, because they share a volume. */
  readonly isSingle?: boolean
}

/** Deployment of a component. A rollout terminates a pod only after its replacement is ready. Pure. */
export function deployment(context: ChildContext, component: Component, pod: Pod, options: DeploymentOptions): KubeObject {
  const { owner } = context
  const affinity = pod.settings.affinity ?? (options.isSingle ? undefined : spreadOverNodes(context, component))
  return child(
    owner,
    { apiVersion: 'apps/v1', kind: 'Deployment', name: componentName(owner.name, component), component },
    {
      spec: {
        replicas: options.replicas,
        revisionHistoryLimit: 3,
        progressDeadlineSeconds: 600,
        strategy: options.isSingle ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        selector: { matchLabels: selectorLabels(owner, component) },
        template: podTemplate(context, { ...pod, settings: { ...pod.settings, affinity } }),
      },
    },
  )
}

/** Disruption budget for two or more pods: a node drain evicts one pod at a time. Pure. */
export function disruptionBudgets({ owner }: ChildContext, component: Component, replicas: number): KubeObject[] {
  if (replicas < 2) return []
  const name = componentName(owner.name, component)
  return [
    child(
      owner,
      { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name, component },
      { spec: { maxUnavailable: 1, selector: { matchLabels: selectorLabels(owner, component) } } },
    ),
  ]
}

/** Service of a component, with one port. Pure. */
export function service({ owner }: ChildContext, component: Component, portNumber: number, spec: Body = {}): KubeObject {
  const name = component === 'postgres' ? 'postgres' : 'https'
  const servicePort = { name, port: portNumber, targetPort: name, protocol: 'TCP', ...(name === 'https' ? { appProtocol: 'https' } : {}) }
  const { nodePort, ...rest } = spec
  return child(
    owner,
    { apiVersion: 'v1', kind: 'Service', name: componentName(owner.name, component), component },
    {
      spec: {
        type: 'ClusterIP',
        selector: selectorLabels(owner, component),
        ports: [{ ...servicePort, ...(nodePort === undefined ? {} : { nodePort }) }],
        ...rest,
      },
    },
  )
}

/** Service account of a component. A token is mounted only if the pod requests it. Pure. */
export function serviceAccount({ owner }: ChildContext, component: Component): KubeObject {
  return child(
    owner,
    { apiVersion: 'v1', kind: 'ServiceAccount', name: componentName(owner.name, component), component },
    { automountServiceAccountToken: false },
  )
}

export interface VolumeSettings {
  readonly size: string
  readonly storageClassName?: string | undefined
  /** `Delete` or `Retain` when the resource is deleted. */
  readonly dataPolicy: string
}

/** Volume claim of a component. With the data policy Retain it has no owner reference, so it survives the resource. Pure. */
export function volumeClaim({ owner }: ChildContext, component: Component, settings: VolumeSettings): KubeObject {
  const claim = child(
    owner,
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: componentName(owner.name, component), component },
    {
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: settings.size } },
        ...(settings.storageClassName === undefined ? {} : { storageClassName: settings.storageClassName }),
      },
    },
  )
  if (settings.dataPolicy === 'Delete') return claim
  const { ownerReferences: _, ...metadata } = claim.metadata
  return { ...claim, metadata }
}
