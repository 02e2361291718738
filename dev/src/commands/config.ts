import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'
import type { DatabaseAccess } from '../stack/database.js'
import { type StackFolders, stackFolders } from '../stack/folders.js'
import type { RuntimeChoice } from '../stack/runtime.js'

const DEFAULT_STATE_FOLDER = '/var/lib/guardimesh-dev'

const Env = z.object({
  GUARDIMESH_STATE: z.string().default(DEFAULT_STATE_FOLDER),
  PORT: z.coerce.number().int().min(1).max(65_000).default(8080),
  DATABASE_URL: z.string().optional(),
  DATABASE_PASSWORD_FILE: z.string().optional(),
  RUNTIME_ENDPOINT: z
    .string()
    .regex(/^unix:\/\/\//, 'must be a URL such as unix:///run/containerd/containerd.sock')
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** Settings of `make up` and related commands. */
export interface DevConfig {
  readonly folders: StackFolders
  readonly port: number
  readonly database: DatabaseAccess | undefined
  readonly runtime: RuntimeChoice
  /** Level of the supervisor; the components inherit the variable. */
  readonly logLevel: string
}

/** @throws ConfigError that lists all errors. */
export function readDevConfig(env: NodeJS.ProcessEnv): DevConfig {
  const settings = readConfig(Env, env)
  const root = resolve(settings.GUARDIMESH_STATE)
  const { DATABASE_URL: url, DATABASE_PASSWORD_FILE: passwordFile, RUNTIME_ENDPOINT: endpoint } = settings
  return {
    folders: stackFolders(root, runFolderOf(root)),
    port: settings.PORT,
    database: url === undefined ? undefined : { url, passwordFile },
    runtime: endpoint === undefined ? { kind: 'discover' } : { kind: 'given', endpoint },
    logLevel: settings.LOG_LEVEL,
  }
}

/** Returns a short path for sockets, unique for each state folder. */
function runFolderOf(root: string): string {
  const suffix = root === DEFAULT_STATE_FOLDER ? 'dev' : createHash('sha256').update(root).digest('hex').slice(0, 8)
  return `/run/guardimesh-${suffix}`
}
