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
  PROBE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** Settings of the inspector. */
export type InspectorConfig = Readonly<z.infer<typeof Env>>

/** @throws ConfigError that names every mistake. */
export function readInspectorConfig(env: NodeJS.ProcessEnv): InspectorConfig {
  return readConfig(Env, env)
}
