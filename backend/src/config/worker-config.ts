import { ConfigError, type ListenAddress, readCaFile, readConfig } from '@guardimesh/kit'
import { z } from 'zod'
import { DatabaseEnv, databaseUrl, LogEnv } from './database-config.js'
import { type SignatureServerAddress, SignatureServerEnv, signatureServerAddress } from './signature-server-config.js'

const WorkerEnv = z.object({
  ...DatabaseEnv.shape,
  ...LogEnv.shape,
  ...SignatureServerEnv.shape,
  RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(180),
  NOTIFICATION_CA_FILE: z.string().min(1).optional(),
  PROBE_SOCKET: z.string().min(1).optional(),
  PROBE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
})

/** Settings of the worker process. */
export interface WorkerConfig {
  /** Holds the password: never log it. */
  readonly databaseUrl: string
  /** Results, findings and pod history older than this are dropped. */
  readonly retentionDays: number
  /** Where the probes and metrics are. */
  readonly probeAddress: ListenAddress
  /** Whose roll-outs are judged; undefined: this installation has none. */
  readonly signatureServer: SignatureServerAddress | undefined
  /** Authorities of those who take notifications, beside the system's; undefined: those only. Read for each message. */
  readonly notificationCaFile?: string | undefined
  readonly logLevel: string
}

/** @throws ConfigError that names every mistake. */
export function readWorkerConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const parsed = readConfig(WorkerEnv, env)
  if (parsed.NOTIFICATION_CA_FILE !== undefined) readCaFile(parsed.NOTIFICATION_CA_FILE)
  return Object.freeze({
    databaseUrl: databaseUrl(parsed),
    retentionDays: parsed.RETENTION_DAYS,
    probeAddress: probeAddress(parsed),
    signatureServer: signatureServerAddress(parsed),
    notificationCaFile: parsed.NOTIFICATION_CA_FILE,
    logLevel: parsed.LOG_LEVEL,
  })
}

function probeAddress({ PROBE_SOCKET: socketPath, PROBE_PORT: port }: z.infer<typeof WorkerEnv>): ListenAddress {
  if (socketPath !== undefined && port === undefined) return { socketPath }
  if (port !== undefined && socketPath === undefined) return { host: '::', port }
  throw new ConfigError('set one of PROBE_SOCKET (a path) and PROBE_PORT: the probes and metrics are there')
}
