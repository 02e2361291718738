import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Env = z
  .object({
    RUN_FOLDER: z.string().min(1),
    SIGNATURE_SERVER_URL: z.url({ protocol: /^https?$/ }).optional(),
    SIGNATURE_SERVER_CA_FILE: z.string().min(1).optional(),
    SIGNATURES_SOURCE_FOLDER: z.string().min(1).optional(),
    SIGNATURES_FOLDER: z.string().min(1),
    CLAMD_SOCKET: z.string().min(1),
    PULL_INTERVAL_SECONDS: z.coerce.number().int().min(1).max(604_800).default(43_200),
    PROBE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  })
  .refine((env) => env.SIGNATURE_SERVER_URL !== undefined || env.SIGNATURES_SOURCE_FOLDER !== undefined, {
    path: ['SIGNATURES_SOURCE_FOLDER'],
    message: 'set SIGNATURE_SERVER_URL, or SIGNATURES_SOURCE_FOLDER for a folder',
  })
export type PullerConfig = Readonly<z.infer<typeof Env>>

/** @throws ConfigError that names every mistake. */
export function readPullerConfig(env: NodeJS.ProcessEnv): PullerConfig {
  return readConfig(Env, env)
}
