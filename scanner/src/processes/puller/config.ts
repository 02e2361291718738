import { hostname } from 'node:os'
import { NodeName } from '@guardimesh/contracts/signatures/roll-out'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const File = z.string().min(1)

const Env = z
  .object({
    RUN_FOLDER: z.string().min(1),
    NODE_NAME: NodeName.default(() => hostname()),
    SIGNATURE_SERVER_URL: z.url({ protocol: /^https?$/ }).optional(),
    SIGNATURE_SERVER_CA_FILE: File.optional(),
    SIGNATURE_SERVER_KEY_FILE: File.optional(),
    SIGNATURES_SOURCE_FOLDER: z.string().min(1).optional(),
    SIGNATURES_FOLDER: z.string().min(1),
    CLAMD_SOCKET: z.string().min(1),
    CLAMD_UID: z.coerce.number().int().min(0).optional(),
    CLAMD_MEMORY_BYTES: z.coerce.number().int().min(1).optional(),
    CLAMD_CONFIG_FILE: File.optional(),
    CLAMD_CONFIG_TEMPLATE: File.optional(),
    CATALOG_FLOOR_WAIT_SECONDS: z.coerce.number().int().min(0).max(600).default(0),
    PULL_INTERVAL_SECONDS: z.coerce.number().int().min(1).max(604_800).default(43_200),
    PROBE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  })
  .refine((env) => env.SIGNATURE_SERVER_URL !== undefined || env.SIGNATURES_SOURCE_FOLDER !== undefined, {
    path: ['SIGNATURES_SOURCE_FOLDER'],
    message: 'set SIGNATURE_SERVER_URL, or SIGNATURES_SOURCE_FOLDER for a folder',
  })
  .refine((env) => (env.CLAMD_CONFIG_FILE === undefined) === (env.CLAMD_CONFIG_TEMPLATE === undefined), {
    path: ['CLAMD_CONFIG_TEMPLATE'],
    message: 'set CLAMD_CONFIG_FILE and CLAMD_CONFIG_TEMPLATE together',
  })

/** Address of the signature server, and the keys that it is verified with. */
export interface SignatureServerConfig {
  readonly url: string
  /** Certificate authorities that may sign the server's certificate; undefined: those of Node. */
  readonly caFile: string | undefined
  /** Public key that every catalogue must be signed with; undefined: unsigned catalogues are accepted. */
  readonly keyFile: string | undefined
}

/** Settings of the puller. */
export interface PullerConfig {
  readonly runFolder: string
  readonly nodeName: string
  /** Undefined: signatures come from `sourceFolder` only. */
  readonly signatureServer: SignatureServerConfig | undefined
  readonly sourceFolder: string | undefined
  readonly signaturesFolder: string
  readonly clamd: { readonly socketPath: string; readonly serverUid: number | undefined }
  /** Memory limit of clamd's container; undefined when unknown. */
  readonly clamdMemoryBytes: number | undefined
  /** clamd.conf that the puller writes, and the template for it; undefined: another program configures clamd. */
  readonly clamdConfig: { readonly file: string; readonly template: string } | undefined
  /** How long `--once` waits for the scanner to provide the lowest catalogue sequence that this node accepts. */
  readonly floorWaitMs: number
  readonly pullIntervalMs: number
  /** Set by `--once`: the init container pulls once, so that clamd finds signatures when it starts. */
  readonly pullsOnce: boolean
  readonly probePort: number | undefined
  readonly logLevel: string
}

/** @throws ConfigError that lists every invalid setting. */
export function readPullerConfig(env: NodeJS.ProcessEnv, args: readonly string[] = process.argv.slice(2)): PullerConfig {
  const parsed = readConfig(Env, env)
  const { SIGNATURE_SERVER_URL: url, CLAMD_CONFIG_FILE: file, CLAMD_CONFIG_TEMPLATE: template } = parsed
  return Object.freeze({
    runFolder: parsed.RUN_FOLDER,
    nodeName: parsed.NODE_NAME,
    signatureServer:
      url === undefined ? undefined : { url, caFile: parsed.SIGNATURE_SERVER_CA_FILE, keyFile: parsed.SIGNATURE_SERVER_KEY_FILE },
    sourceFolder: parsed.SIGNATURES_SOURCE_FOLDER,
    signaturesFolder: parsed.SIGNATURES_FOLDER,
    clamd: { socketPath: parsed.CLAMD_SOCKET, serverUid: parsed.CLAMD_UID },
    clamdMemoryBytes: parsed.CLAMD_MEMORY_BYTES,
    clamdConfig: file === undefined || template === undefined ? undefined : { file, template },
    floorWaitMs: parsed.CATALOG_FLOOR_WAIT_SECONDS * SECOND_MS,
    pullIntervalMs: parsed.PULL_INTERVAL_SECONDS * SECOND_MS,
    pullsOnce: args.includes('--once'),
    probePort: parsed.PROBE_PORT,
    logLevel: parsed.LOG_LEVEL,
  })
}
