import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Folder = z.string().startsWith('/', 'give an absolute path')

const Env = z.object({
  RUN_FOLDER: Folder,
  HOST_ROOT: Folder.default('/host'),
  RUNTIME_ENDPOINT: z
    .string()
    .regex(/^(unix:(\/\/)?)?\/[^/]/, 'give a Unix socket: unix:///run/containerd/containerd.sock')
    .optional(),
  UNMANAGED_CONTAINERS: z.stringbool().default(true),
  PROBE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** Settings of the inspector. */
export interface InspectorConfig {
  readonly runFolder: string
  /** Where the node's root is mounted: "/host", or "/" without a container. */
  readonly hostRoot: string
  /** Socket of the container runtime; undefined: it is discovered. */
  readonly runtimeEndpoint: string | undefined
  /** False where other nodes use the same kernel and process ids: their containers would count as unmanaged ones of this node. */
  readonly findsUnmanaged: boolean
  readonly probePort: number | undefined
  readonly logLevel: string
}

/** @throws ConfigError that lists every invalid setting. */
export function readInspectorConfig(env: NodeJS.ProcessEnv): InspectorConfig {
  const parsed = readConfig(Env, env)
  return Object.freeze({
    runFolder: parsed.RUN_FOLDER,
    hostRoot: parsed.HOST_ROOT,
    runtimeEndpoint: parsed.RUNTIME_ENDPOINT,
    findsUnmanaged: parsed.UNMANAGED_CONTAINERS,
    probePort: parsed.PROBE_PORT,
    logLevel: parsed.LOG_LEVEL,
  })
}
