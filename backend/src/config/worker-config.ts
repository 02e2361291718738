import { ConfigError, type ListenAddress, readCaFile, readConfig } from '@guardimesh/kit'
import { z } from 'zod'
import { DatabaseEnv, databaseUrl, LogEnv } from './database-config.js'
import { EncryptionEnv, encryptionKeys } from './encryption-keys.js'
import { readNetworks } from './networks.js'
import { type SignatureServerAddress, SignatureServerEnv, signatureServerAddress } from './signature-server-config.js'

const WorkerEnv = z.object({
  ...DatabaseEnv.shape,
  ...LogEnv.shape,
  ...EncryptionEnv.shape,
  ...SignatureServerEnv.shape,
  RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(180),
  NOTIFICATION_CA_FILE: z.string().min(1).optional(),
  NOTIFICATION_ALLOWED_NETWORKS: z.string().default('').transform(readNetworks),
  KUBERNETES_SERVICE_HOST: z.string().min(1).optional(),
  PROBE_SOCKET: z.string().min(1).optional(),
  PROBE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
})

/** Settings of the worker process. */
export interface WorkerConfig {
  /** Holds the password: never log it. */
  readonly databaseUrl: string
  /** Keys of the secrets in the database; never log them. */
  readonly encryptionKeys: readonly Buffer[]
  /** Older results, findings and pod history are deleted. */
  readonly retentionDays: number
  /** Address of probes and metrics. */
  readonly probeAddress: ListenAddress
  /** Undefined: no signature server is configured. */
  readonly signatureServer: SignatureServerAddress | undefined
  /** Certificate authorities for notifications in addition to the system's; undefined: none. Read for each message. */
  readonly notificationCaFile?: string | undefined
  /** Addresses and networks that webhooks may reach although they are internal. */
  readonly notificationAllowedNetworks: readonly string[]
  /** Address of the API of the cluster, set by the kubelet; undefined outside a cluster. */
  readonly kubernetesServiceHost?: string | undefined
  readonly logLevel: string
}

/** Reads the settings. @throws ConfigError that lists all errors. */
export function readWorkerConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const parsed = readConfig(WorkerEnv, env)
  if (parsed.NOTIFICATION_CA_FILE !== undefined) readCaFile(parsed.NOTIFICATION_CA_FILE)
  return Object.freeze({
    databaseUrl: databaseUrl(parsed),
    encryptionKeys: encryptionKeys(parsed),
    retentionDays: parsed.RETENTION_DAYS,
    probeAddress: probeAddress(parsed),
    signatureServer: signatureServerAddress(parsed),
    notificationCaFile: parsed.NOTIFICATION_CA_FILE,
    notificationAllowedNetworks: parsed.NOTIFICATION_ALLOWED_NETWORKS,
    kubernetesServiceHost: parsed.KUBERNETES_SERVICE_HOST,
    logLevel: parsed.LOG_LEVEL,
  })
}

function probeAddress({ PROBE_SOCKET: socketPath, PROBE_PORT: port }: z.infer<typeof WorkerEnv>): ListenAddress {
  if (socketPath !== undefined && port === undefined) return { socketPath }
  if (port !== undefined && socketPath === undefined) return { host: '::', port }
  throw new ConfigError('set one of PROBE_SOCKET (a path) and PROBE_PORT, the address of probes and metrics')
}
