import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Env = z.object({
  RUN_FOLDER: z.string().min(1),
  SIGNATURES_FOLDER: z.string().min(1),
  PROBE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
})
export type ObfuscationScannerConfig = Readonly<z.infer<typeof Env>>

/** @throws ConfigError that names every mistake. */
export function readObfuscationScannerConfig(env: NodeJS.ProcessEnv): ObfuscationScannerConfig {
  return readConfig(Env, env)
}
