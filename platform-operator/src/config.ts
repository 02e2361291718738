import { readFileSync } from 'node:fs'
import { ImageTable, PORTS } from '@guardimesh/contracts'
import { ConfigError, messageOf, readConfig } from '@guardimesh/kit'
import { z } from 'zod'
import { type ApiAccess, findApiAccess } from './kube/api-access.js'

const LogLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')

const Env = z.object({
  WATCH_NAMESPACE: z.string().min(1).max(63),
  POD_NAME: z.string().min(1).max(253),
  POD_UID: z.string().min(1).max(63).optional(),
  IMAGES_FILE: z.string().startsWith('/', 'must be an absolute path'),
  PROBE_PORT: z.coerce.number().int().min(1).max(65_535).default(PORTS.operator),
  CRDS_FOLDER: z.string().startsWith('/', 'must be an absolute path').default('/app/crds'),
  LOG_LEVEL: LogLevel,
})
const CleanUpEnv = z.object({ LOG_LEVEL: LogLevel })

/** Settings of the operator. */
export interface OperatorConfig {
  /** Namespace whose resources the operator reconciles. */
  readonly namespace: string
  readonly podName: string
  /** Undefined outside a pod. */
  readonly podUid: string | undefined
  readonly images: ImageTable
  readonly probePort: number
  /** Folder with the manifests of our CRDs. */
  readonly crdsFolder: string
  readonly apiAccess: ApiAccess
  readonly logLevel: string
}

/** Settings of the hook that deletes the CRDs. */
export interface CleanUpConfig {
  readonly apiAccess: ApiAccess
  readonly logLevel: string
}

/** Reads the configuration from the environment. @throws ConfigError that lists every invalid value. */
export function readOperatorConfig(env: NodeJS.ProcessEnv): OperatorConfig {
  const parsed = readConfig(Env, env)
  return Object.freeze({
    namespace: parsed.WATCH_NAMESPACE,
    podName: parsed.POD_NAME,
    podUid: parsed.POD_UID,
    images: readImageTable(parsed.IMAGES_FILE),
    probePort: parsed.PROBE_PORT,
    crdsFolder: parsed.CRDS_FOLDER,
    apiAccess: findApiAccess(env),
    logLevel: parsed.LOG_LEVEL,
  })
}

/** Reads the configuration of the clean-up hook. @throws ConfigError that lists every invalid value. */
export function readCleanUpConfig(env: NodeJS.ProcessEnv): CleanUpConfig {
  return Object.freeze({ apiAccess: findApiAccess(env), logLevel: readConfig(CleanUpEnv, env).LOG_LEVEL })
}

function readImageTable(path: string): ImageTable {
  try {
    return ImageTable.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new ConfigError(`invalid image table ${path} (IMAGES_FILE): ${messageOf(error)}`)
  }
}
