import { hostname } from 'node:os'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'
import type { ClamdAddress } from '../../engines/clamav/clamd-control.js'

const Folder = z.string().min(1).max(4096).startsWith('/', 'must be an absolute path')
const UserId = z.coerce.number().int().min(0)
const HostAndPort = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^\s:]+):\d{1,5}$/, 'must be host:port')
  .transform((address) => ({ host: address.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''), port: Number(address.replace(/^.*:/, '')) }))

const Env = z
  .object({
    RUN_FOLDER: Folder,
    INSPECTOR_FOLDER: Folder.optional(),
    OBFUSCATION_FOLDER: Folder.optional(),
    OBFUSCATION_UID: UserId.optional(),
    PULLER_FOLDER: Folder.optional(),
    HOST_ROOT: Folder.default('/host'),
    STATE_FOLDER: Folder,
    SIGNATURES_FOLDER: Folder,
    CLAMD_SOCKET: Folder.optional(),
    CLAMD_UID: UserId.optional(),
    CLAMD_ADDRESS: HostAndPort.optional(),
    ENGINES_NAMESPACE: z.string().min(1).optional(),
    ENGINES_DAEMON_SET: z.string().min(1).optional(),
    BACKEND_URL: z.url({ protocol: /^https?$/ }),
    BACKEND_CA_FILE: Folder.optional(),
    API_KEY_FILE: Folder,
    CLUSTER_ID: z.string().min(1).max(128).default('local'),
    NODE_NAME: z.string().min(1).max(253).default(hostname()),
    HOST_IP: z.union([z.ipv4(), z.ipv6()]).optional(),
    SPOOL_MAX_BYTES: z.coerce
      .number()
      .int()
      .min(MIB_BYTES)
      .default(256 * MIB_BYTES),
    KUBERNETES_SERVICE_HOST: z.string().optional(),
    PROBE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .refine((env) => (env.CLAMD_SOCKET === undefined) !== (env.CLAMD_ADDRESS === undefined), {
    path: ['CLAMD_SOCKET'],
    message: 'set either CLAMD_SOCKET, or CLAMD_ADDRESS for a remote clamd',
  })

/** Configuration of the scanner process; docs/reference/processes.md lists its environment variables. */
export interface ScannerConfig {
  /** Folder of the scanner's own sockets. */
  readonly runFolder: string
  /** Folders of the sockets and the report of the other processes. */
  readonly inspectorFolder: string
  readonly obfuscationFolder: string
  readonly pullerFolder: string
  /** User that the obfuscation scanner must run as. */
  readonly obfuscationUid: number
  /** The pods with the engines of this cluster's nodes; undefined outside a cluster. */
  readonly enginePods: { readonly namespace: string; readonly daemonSet: string } | undefined
  /** Where the root of the node is mounted. */
  readonly hostRoot: string
  readonly stateFolder: string
  readonly signaturesFolder: string
  readonly clamdAddress: ClamdAddress
  readonly backendUrl: string
  /** Certificate authorities that may sign the certificate of the backend; undefined: those of Node. */
  readonly backendCaFile: string | undefined
  readonly apiKeyFile: string
  readonly clusterId: string
  readonly nodeName: string
  /** Empty when unknown. */
  readonly hostIp: string
  readonly spoolMaxBytes: number
  readonly isInCluster: boolean
  readonly probePort: number | undefined
  readonly logLevel: string
}

/** @throws ConfigError that lists every invalid setting. */
export function readScannerConfig(env: NodeJS.ProcessEnv): ScannerConfig {
  const parsed = readConfig(Env, env)
  const { RUN_FOLDER: runFolder, ENGINES_NAMESPACE: namespace, ENGINES_DAEMON_SET: daemonSet } = parsed
  return Object.freeze({
    runFolder,
    inspectorFolder: parsed.INSPECTOR_FOLDER ?? runFolder,
    obfuscationFolder: parsed.OBFUSCATION_FOLDER ?? runFolder,
    pullerFolder: parsed.PULLER_FOLDER ?? runFolder,
    obfuscationUid: parsed.OBFUSCATION_UID ?? process.getuid?.() ?? 0,
    enginePods: namespace === undefined || daemonSet === undefined ? undefined : { namespace, daemonSet },
    hostRoot: parsed.HOST_ROOT,
    stateFolder: parsed.STATE_FOLDER,
    signaturesFolder: parsed.SIGNATURES_FOLDER,
    clamdAddress: parsed.CLAMD_ADDRESS ?? { socketPath: parsed.CLAMD_SOCKET ?? '', serverUid: parsed.CLAMD_UID },
    backendUrl: parsed.BACKEND_URL,
    backendCaFile: parsed.BACKEND_CA_FILE,
    apiKeyFile: parsed.API_KEY_FILE,
    clusterId: parsed.CLUSTER_ID,
    nodeName: parsed.NODE_NAME,
    hostIp: parsed.HOST_IP ?? '',
    spoolMaxBytes: parsed.SPOOL_MAX_BYTES,
    isInCluster: parsed.KUBERNETES_SERVICE_HOST !== undefined,
    probePort: parsed.PROBE_PORT,
    logLevel: parsed.LOG_LEVEL,
  })
}
