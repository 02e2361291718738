import { componentName, PORTS, USER_IDS } from '@guardimesh/contracts'
import { databaseParts } from './database.js'
import type { KubeObject } from './object.js'
import { ENCRYPTION_KEY, encryptionKeySecret, type PlatformSettings } from './platform-settings.js'
import { type Body, emptyDir, environment, httpProbes, mount, type Pod, port, secretFiles } from './pod.js'
import { DEFAULT_RESOURCES, mergeResources } from './resources.js'
import { signatureServerParts } from './signature-server.js'
import { CA_KEY, TLS_KEYS, tlsSecretName } from './tls-names.js'
import { deployment } from './workload.js'

const NODE_FLAGS = ['--enable-source-maps']
/**
 * Networks whose X-Forwarded-For is trusted. Pod addresses change and a pod does not know their range, so all private networks are listed;
 * the network policy admits only our own pods (console, scanners) to the API. The console sets the header to the client address that it
 * sees, or forwards that of the Ingress or Gateway. The address is only used in the audit log.
 */
const PRIVATE_NETWORKS = '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/7'

/** Deployment of the API. Pure. */
export function backendDeployment(settings: PlatformSettings): KubeObject {
  const { spec } = settings
  return deployment(settings, 'backend', backendPod(settings), { replicas: spec.backend.replicas })
}

function backendPod(settings: PlatformSettings): Pod {
  const { owner, spec } = settings
  const database = databaseParts(settings, settings.database)
  const signatureServer = signatureServerParts(settings)
  const encryption = encryptionParts(settings)
  return {
    component: 'backend',
    userId: USER_IDS.backend,
    serviceAccountName: componentName(owner.name, 'backend'),
    settings: spec.backend,
    inputs: [settings.database.hash, settings.caBundle, settings.signatureKeys.hash, settings.encryptionKeyHash],
    containers: [
      {
        name: 'backend',
        image: 'backend',
        args: [...NODE_FLAGS, 'backend/dist/main.js'],
        env: [
          ...database.env,
          ...signatureServer.env,
          ...encryption.env,
          ...environment({
            LISTEN_HOST: settings.cluster.listenHost,
            PORT: PORTS.backend,
            TLS_CERTIFICATE_FILE: '/tls/server/tls.crt',
            TLS_KEY_FILE: '/tls/server/tls.key',
            TRUSTED_PROXIES: PRIVATE_NETWORKS,
            NODE_LIMIT: spec.limits?.nodes,
            INGEST_RESULTS_PER_SECOND: spec.limits?.ingestResultsPerSecond,
            API_KEY_LIMIT: spec.limits?.apiKeys,
            SESSION_HOURS: spec.sessions?.hours,
            SESSION_IDLE_MINUTES: spec.sessions?.idleMinutes,
          }),
        ],
        ports: [port('https', PORTS.backend)],
        resources: mergeResources(DEFAULT_RESOURCES.backend, spec.backend.resources),
        mounts: [
          ...database.mounts,
          ...signatureServer.mounts,
          ...encryption.mounts,
          mount('tls', '/tls/server', true),
          mount('tmp', '/tmp'),
        ],
        probes: httpProbes('https', 'HTTPS'),
      },
    ],
    volumes: [
      ...database.volumes,
      ...signatureServer.volumes,
      ...encryption.volumes,
      secretFiles('tls', tlsSecretName(owner.name, 'backend'), TLS_KEYS),
      emptyDir('tmp'),
    ],
  }
}

const ENCRYPTION_FOLDER = '/secrets/encryption-key'

/** Keys of the secrets in the database. API and worker read them when they start. */
function encryptionParts({ owner }: PlatformSettings): { env: Body[]; mounts: Body[]; volumes: Body[] } {
  return {
    env: environment({ ENCRYPTION_KEY_FILE: `${ENCRYPTION_FOLDER}/${ENCRYPTION_KEY}` }),
    mounts: [mount('encryption-key', ENCRYPTION_FOLDER, true)],
    volumes: [secretFiles('encryption-key', encryptionKeySecret(owner.name), [ENCRYPTION_KEY])],
  }
}

const NOTIFICATION_CA_FOLDER = '/tls/notifications'

/** Certificate authorities of notification receivers. The kubelet updates the file when the Secret changes. */
function notificationParts({ spec }: PlatformSettings): { env: Body[]; mounts: Body[]; volumes: Body[] } {
  const secret = spec.notifications?.caSecret
  if (!secret) return { env: [], mounts: [], volumes: [] }
  return {
    env: environment({ NOTIFICATION_CA_FILE: `${NOTIFICATION_CA_FOLDER}/${CA_KEY}` }),
    mounts: [mount('notifications-ca', NOTIFICATION_CA_FOLDER, true)],
    volumes: [secretFiles('notifications-ca', secret.name, [secret.key], { [secret.key]: CA_KEY })],
  }
}

/** Deployment of the worker. Pure. */
export function workerDeployment(settings: PlatformSettings): KubeObject {
  const { owner, spec } = settings
  const database = databaseParts(settings, settings.database)
  const signatureServer = signatureServerParts(settings)
  const encryption = encryptionParts(settings)
  const notifications = notificationParts(settings)
  const pod: Pod = {
    component: 'worker',
    userId: USER_IDS.worker,
    serviceAccountName: componentName(owner.name, 'worker'),
    settings: spec.worker,
    inputs: [settings.database.hash, settings.caBundle, settings.signatureKeys.hash, settings.encryptionKeyHash],
    graceSeconds: 60,
    containers: [
      {
        name: 'worker',
        image: 'backend',
        args: [...NODE_FLAGS, 'backend/dist/worker.js'],
        env: [
          ...database.env,
          ...signatureServer.env,
          ...encryption.env,
          ...notifications.env,
          ...environment({
            PROBE_PORT: PORTS.worker,
            RETENTION_DAYS: spec.retentionDays,
            NOTIFICATION_ALLOWED_NETWORKS: spec.notifications?.allowedNetworks?.join(','),
          }),
        ],
        ports: [port('probes', PORTS.worker)],
        resources: mergeResources(DEFAULT_RESOURCES.worker, spec.worker.resources),
        mounts: [...database.mounts, ...signatureServer.mounts, ...encryption.mounts, ...notifications.mounts, mount('tmp', '/tmp')],
        probes: httpProbes('probes', 'HTTP'),
      },
    ],
    volumes: [...database.volumes, ...signatureServer.volumes, ...encryption.volumes, ...notifications.volumes, emptyDir('tmp')],
  }
  return deployment(settings, 'worker', pod, { replicas: spec.worker.replicas })
}
