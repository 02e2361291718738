import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Env = z.object({
  RUN_FOLDER: z.string().min(1),
  SIGNATURES_FOLDER: z.string().min(1),
  CLIENT_UID: z.coerce.number().int().min(0).optional(),
  PROBE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
})

/** Settings of the obfuscation scanner. */
export interface ObfuscationScannerConfig {
  readonly runFolder: string
  readonly signaturesFolder: string
  /** User that the scanner must run as. */
  readonly clientUid: number
  readonly probePort: number | undefined
  readonly logLevel: string
}

/** @throws ConfigError that lists every invalid setting. */
export function readObfuscationScannerConfig(env: NodeJS.ProcessEnv): ObfuscationScannerConfig {
  const parsed = readConfig(Env, env)
  return Object.freeze({
    runFolder: parsed.RUN_FOLDER,
    signaturesFolder: parsed.SIGNATURES_FOLDER,
    clientUid: parsed.CLIENT_UID ?? process.getuid?.() ?? 0,
    probePort: parsed.PROBE_PORT,
    logLevel: parsed.LOG_LEVEL,
  })
}
