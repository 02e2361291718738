import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'
import { DatabaseEnv, databaseUrl, LogEnv } from './database-config.js'

const WorkerEnv = z.object({
  ...DatabaseEnv.shape,
  ...LogEnv.shape,
  RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(180),
  PROBE_SOCKET: z.string().min(1),
})

/** Settings of the worker process. */
export interface WorkerConfig {
  /** Holds the password: never log it. */
  readonly databaseUrl: string
  /** Results, findings and pod history older than this are dropped. */
  readonly retentionDays: number
  /** Unix socket of the probes. */
  readonly probeSocketPath: string
  readonly logLevel: string
}

/** @throws ConfigError that names every mistake. */
export function readWorkerConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const parsed = readConfig(WorkerEnv, env)
  return Object.freeze({
    databaseUrl: databaseUrl(parsed),
    retentionDays: parsed.RETENTION_DAYS,
    probeSocketPath: parsed.PROBE_SOCKET,
    logLevel: parsed.LOG_LEVEL,
  })
}
