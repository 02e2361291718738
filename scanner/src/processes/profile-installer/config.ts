import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Env = z.object({
  PROFILES_FOLDER: z.string().startsWith('/', 'give an absolute path'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** Settings of the profile installer. */
export interface ProfileInstallerConfig {
  /** Where our folder below the kubelet's seccomp folder is mounted. */
  readonly profilesFolder: string
  readonly logLevel: string
}

/** @throws ConfigError that lists every invalid setting. */
export function readProfileInstallerConfig(env: NodeJS.ProcessEnv): ProfileInstallerConfig {
  const parsed = readConfig(Env, env)
  return Object.freeze({ profilesFolder: parsed.PROFILES_FOLDER, logLevel: parsed.LOG_LEVEL })
}
