import { hostname } from 'node:os'
import { MIB_BYTES } from '@guardimesh/contracts'
import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Folder = z.string().min(1).max(4096).startsWith('/', 'must be an absolute path')
const ClamdAddress = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^\s:]+):\d{1,5}$/, 'must be host:port')
  .transform((address) => ({ host: address.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''), port: Number(address.replace(/^.*:/, '')) }))

const Env = z
  .object({
    RUN_FOLDER: Folder,
    HOST_ROOT: Folder.default('/host'),
    STATE_FOLDER: Folder,
    SIGNATURES_FOLDER: Folder,
    CLAMD_SOCKET: Folder.optional(),
    CLAMD_ADDRESS: ClamdAddress.optional(),
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

/** Settings of the scanner process; docs/reference/processes.md lists them. */
export type ScannerSettings = Readonly<z.infer<typeof Env>>

/** Reads the settings. @throws ConfigError that lists all invalid ones. */
export function readScannerSettings(env: NodeJS.ProcessEnv): ScannerSettings {
  return readConfig(Env, env)
}
