import { HELPER_IMAGE } from '../../src/cluster/cluster.js'

interface PodOptions {
  readonly name: string
  readonly namespace?: string
  /** Script for busybox's shell. The pod keeps running after it ends. */
  readonly script?: string
  readonly image?: string
  readonly node?: string
  readonly userId?: number
  readonly privileged?: boolean
  readonly volumeClaim?: string
  readonly pullSecret?: string
}

/** Builds a Pod that is Ready once `script` has succeeded. Its claim is mounted at /data. */
export function aPod(options: PodOptions): object {
  const script = ['set -e', options.script ?? ':', '/bin/busybox touch /run/ready', 'exec /bin/busybox sleep 100000'].join('\n')
  const volumes = [
    { name: 'ready', emptyDir: {} },
    ...(options.volumeClaim ? [{ name: 'data', persistentVolumeClaim: { claimName: options.volumeClaim } }] : []),
  ]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: options.name, namespace: options.namespace ?? 'default', labels: { app: options.name } },
    spec: {
      terminationGracePeriodSeconds: 0,
      ...(options.node ? { nodeName: options.node } : {}),
      ...(options.userId === undefined ? {} : { securityContext: { runAsUser: options.userId, runAsNonRoot: true } }),
      ...(options.pullSecret ? { imagePullSecrets: [{ name: options.pullSecret }] } : {}),
      volumes,
      containers: [
        {
          name: 'main',
          image: options.image ?? HELPER_IMAGE,
          command: ['/bin/busybox', 'sh', '-c', script],
          readinessProbe: { exec: { command: ['/bin/busybox', 'test', '-e', '/run/ready'] }, periodSeconds: 1 },
          ...(options.privileged ? { securityContext: { privileged: true } } : {}),
          volumeMounts: volumes.map(({ name }) => ({ name, mountPath: name === 'data' ? '/data' : '/run' })),
        },
      ],
    },
  }
}
