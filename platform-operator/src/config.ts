import { readFileSync } from 'node:fs'
import { ImageTable, PORTS } from '@guardimesh/contracts'
import { ConfigError, messageOf, readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Env = z.object({
  WATCH_NAMESPACE: z.string().min(1).max(63),
  POD_NAME: z.string().min(1).max(253),
  POD_UID: z.string().min(1).max(63).optional(),
  IMAGES_FILE: z.string().startsWith('/', 'must be an absolute path'),
  PROBE_PORT: z.coerce.number().int().min(1).max(65_535).default(PORTS.operator),
  CRDS_FOLDER: z.string().startsWith('/', 'must be an absolute path').default('/app/crds'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

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
    logLevel: parsed.LOG_LEVEL,
  })
}

function readImageTable(path: string): ImageTable {
  try {
    return ImageTable.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new ConfigError(`invalid image table ${path} (IMAGES_FILE): ${messageOf(error)}`)
  }
}
