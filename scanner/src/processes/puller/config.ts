import { hostname } from 'node:os'
import { NodeName } from '@guardimesh/contracts'
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
    CLAMD_MEMORY_BYTES: z.coerce.number().int().min(1).optional(),
    CLAMD_CONFIG_FILE: File.optional(),
    CLAMD_CONFIG_TEMPLATE: File.optional(),
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
export type PullerConfig = Readonly<z.infer<typeof Env>>

/** @throws ConfigError that names every mistake. */
export function readPullerConfig(env: NodeJS.ProcessEnv): PullerConfig {
  return readConfig(Env, env)
}
