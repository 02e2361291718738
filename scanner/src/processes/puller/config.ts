import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Env = z.object({
  RUN_FOLDER: z.string().min(1),
  SIGNATURES_SOURCE_FOLDER: z.string().min(1),
  SIGNATURES_FOLDER: z.string().min(1),
  CLAMD_SOCKET: z.string().min(1),
  PULL_INTERVAL_SECONDS: z.coerce.number().int().min(1).max(604_800).default(43_200),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
})
export type PullerConfig = Readonly<z.infer<typeof Env>>

/** @throws ConfigError that names every mistake. */
export function readPullerConfig(env: NodeJS.ProcessEnv): PullerConfig {
  return readConfig(Env, env)
}
