import { ANNOTATIONS, type ImageName, UNPRIVILEGED_ID } from '@guardimesh/contracts'
import { childLabels, contentHash, selectorLabels } from './object.js'
import type { ChildContext, PlacementSettings } from './settings.js'

export type Body = Readonly<Record<string, unknown>>

export interface Container {
  readonly name: string
  readonly image: ImageName
  readonly args?: readonly string[]
  readonly env?: readonly Body[]
  readonly ports?: readonly Body[]
  readonly resources: unknown
  readonly mounts: readonly Body[]
  /** Default: the user of the pod. */
  readonly userId?: number
  readonly probes?: Body
  /** Seccomp and AppArmor profiles that replace those of the pod. */
  readonly profiles?: Body
  /** Runs as privileged root. For scanner and inspector only. */
  readonly isPrivileged?: boolean
  /** Runs as root, to write to a folder of the node, under all other restrictions. */
  readonly isRootWithoutCapabilities?: boolean
}

export interface Pod {
  readonly component: string
  readonly serviceAccountName: string
  readonly settings: PlacementSettings
  readonly initContainers?: readonly Container[]
  readonly containers: readonly Container[]
  readonly volumes: readonly Body[]
  /** Hashes of inputs that the pods read only when they start. A change replaces the pods. */
  readonly inputs?: unknown
  /** User and group of its unprivileged containers. Default: that of the images. */
  readonly userId?: number
  /** Group of its volumes. Default: `userId`. */
  readonly groupId?: number
  readonly graceSeconds?: number
  readonly extra?: Body
}

/** Builds a pod template: unprivileged, with a read-only root file system, placed as the settings require. Pure. */
export function podTemplate(context: ChildContext, pod: Pod): Body {
  const { owner, images } = context
  return {
    metadata: {
      labels: childLabels(owner, pod.component),
      ...(pod.inputs === undefined ? {} : { annotations: { [ANNOTATIONS.inputsHash]: contentHash(pod.inputs) } }),
    },
    spec: {
      serviceAccountName: pod.serviceAccountName,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: pod.graceSeconds ?? 30,
      securityContext: podSecurity(pod),
      ...(images.pullSecrets.length > 0 ? { imagePullSecrets: images.pullSecrets.map((name) => ({ name })) } : {}),
      ...placement(pod.settings),
      ...(pod.initContainers ? { initContainers: pod.initContainers.map((container) => containerBody(context, pod, container)) } : {}),
      containers: pod.containers.map((container) => containerBody(context, pod, container)),
      volumes: pod.volumes,
      ...pod.extra,
    },
  }
}

function podSecurity(pod: Pod): Body {
  const isRestricted = !pod.containers.some(({ isPrivileged }) => isPrivileged)
  return {
    ...(isRestricted
      ? { ...asUser(pod.userId), fsGroup: pod.groupId ?? pod.userId ?? UNPRIVILEGED_ID, fsGroupChangePolicy: 'OnRootMismatch' }
      : {}),
    seccompProfile: { type: 'RuntimeDefault' },
  }
}

function containerBody({ images }: ChildContext, pod: Pod, container: Container): Body {
  return {
    name: container.name,
    image: images.references[container.image],
    imagePullPolicy: images.pullPolicy,
    ...(container.args ? { args: container.args } : {}),
    ...(container.env ? { env: container.env } : {}),
    ...(container.ports ? { ports: container.ports } : {}),
    resources: container.resources,
    volumeMounts: container.mounts,
    // The conditions quote the end of the log of a container that crashes.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    ...container.probes,
    securityContext: containerSecurity(pod, container),
  }
}

function containerSecurity(pod: Pod, container: Container): Body {
  if (container.isPrivileged) return PRIVILEGED
  if (container.isRootWithoutCapabilities) return { runAsUser: 0, runAsGroup: 0, ...UNPRIVILEGED, ...ACCESS_TO_NODE_FILES }
  return { ...asUser(container.userId ?? pod.userId), ...UNPRIVILEGED, ...container.profiles }
}

const asUser = (userId: number = UNPRIVILEGED_ID): Body => ({ runAsNonRoot: true, runAsUser: userId, runAsGroup: userId })
const UNPRIVILEGED: Body = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
}
/** SELinux denies folders of the node to the usual type of a container. Nodes without SELinux ignore it. */
const ACCESS_TO_NODE_FILES: Body = { seLinuxOptions: { type: 'spc_t' } }
const PRIVILEGED: Body = { runAsUser: 0, runAsGroup: 0, privileged: true, readOnlyRootFilesystem: true }

function placement(settings: PlacementSettings): Body {
  const { nodeSelector, tolerations, affinity, priorityClassName } = settings
  return {
    ...(nodeSelector ? { nodeSelector } : {}),
    ...(tolerations ? { tolerations } : {}),
    ...(affinity ? { affinity } : {}),
    ...(priorityClassName ? { priorityClassName } : {}),
  }
}

/** Affinity that spreads the pods of a component over nodes if possible. Pure. */
export function spreadOverNodes({ owner }: ChildContext, component: string): Body {
  const labelSelector = { matchLabels: selectorLabels(owner, component) }
  const term = { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } }
  return { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term] } }
}

/** Converts `{ A: 'x' }` to the environment of a container; undefined values are omitted. Pure. */
export function environment(values: Readonly<Record<string, string | number | undefined>>): Body[] {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: String(value) }]))
}

export const fromPod = (name: string, fieldPath: string): Body => ({ name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } })

/** Environment variable with the memory limit of a container of the same pod, in bytes. */
export const memoryLimitOf = (name: string, containerName: string): Body => ({
  name,
  valueFrom: { resourceFieldRef: { containerName, resource: 'limits.memory', divisor: '1' } },
})

/** Probes of `/livez` and `/readyz`. Pure. @param startSeconds time that the container has to start. */
export function httpProbes(port: string, scheme: 'HTTP' | 'HTTPS', startSeconds = 120): Body {
  const request = (path: string) => ({ httpGet: { path, port, scheme } })
  return {
    startupProbe: { ...request('/livez'), periodSeconds: 2, timeoutSeconds: 5, failureThreshold: Math.ceil(startSeconds / 2) },
    livenessProbe: { ...request('/livez'), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 3 },
    readinessProbe: { ...request('/readyz'), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
  }
}

export const port = (name: string, containerPort: number): Body => ({ name, containerPort, protocol: 'TCP' })
export const mount = (name: string, mountPath: string, isReadOnly = false): Body => ({
  name,
  mountPath,
  ...(isReadOnly ? { readOnly: true } : {}),
})

/** Readable by the group of the pod, and by no other. */
const SECRET_MODE = 0o640

export const emptyDir = (name: string, options: Body = {}): Body => ({ name, emptyDir: options })
/** Volume with a token for the Kubernetes API, for the only container that needs one. Kubernetes refreshes it. */
export const apiToken = (name: string): Body => ({
  name,
  projected: {
    defaultMode: 0o400,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
    ],
  },
})
/** Where clients expect the token. */
export const API_TOKEN_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'
export const claim = (name: string, claimName: string): Body => ({ name, persistentVolumeClaim: { claimName } })
export const configMap = (name: string, configMapName: string): Body => ({ name, configMap: { name: configMapName } })

/** Mounts keys of a Secret as files. @param files file names of keys whose file has another name. */
export function secretFiles(name: string, secretName: string, keys: readonly string[], files: Readonly<Record<string, string>> = {}): Body {
  const items = keys.map((key) => ({ key, path: files[key] ?? key }))
  return { name, secret: { secretName, defaultMode: SECRET_MODE, items } }
}

/** Like `secretFiles`, for a Secret that may be missing or incomplete. */
export function optionalSecretFiles(name: string, secretName: string, keys: readonly string[]): Body {
  const items = keys.map((key) => ({ key, path: key }))
  return { name, secret: { secretName, defaultMode: SECRET_MODE, items, optional: true } }
}
