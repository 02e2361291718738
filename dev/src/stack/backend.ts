import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { KEY_BYTES } from '@guardimesh/backend/config/encryption-keys.js'
import { runNodeCommand, type Settings, type StackContext, startNodeProcess } from './context.js'
import { type DatabaseAccess, databaseSettings } from './database.js'
import { exists } from './exists.js'
import { REPOSITORY_FOLDER } from './folders.js'
import { writeAtomically } from './write-atomically.js'

const HOST = '127.0.0.1'

/** Migrates the database schema. */
export async function migrate(context: StackContext, database: DatabaseAccess): Promise<void> {
  await runNodeCommand(context, { name: 'migrate', entry: 'backend/dist/migrate.js', env: databaseSettings(database) })
}

/** Creates the API key of the scanner unless it exists. */
export async function ensureIngestionKey(context: StackContext, database: DatabaseAccess): Promise<void> {
  const { ingestionKeyFile } = context.folders
  if (await exists(ingestionKeyFile)) return
  const args = ['--label', 'This machine', '--scopes', 'ingestion', '--out', ingestionKeyFile]
  await runNodeCommand(context, { name: 'create-key', entry: 'backend/dist/create-key.js', args, env: databaseSettings(database) })
}

/** Creates the key of the secrets in the database unless it exists. */
export async function ensureEncryptionKey({ folders: { encryptionKeyFile } }: StackContext): Promise<void> {
  if (!(await exists(encryptionKeyFile))) await writeAtomically(encryptionKeyFile, randomBytes(KEY_BYTES).toString('base64'))
}

/** Components that API and worker use. */
export interface BackendDependencies {
  readonly database: DatabaseAccess
  /** Settings for managing the signature server; empty without one. */
  readonly signatures: Settings
}

/** Starts the API with the console. @returns its URL. */
export async function startApi(context: StackContext, { database, signatures }: BackendDependencies, port: number): Promise<string> {
  const url = `http://${HOST}:${port}`
  const env = {
    ...databaseSettings(database),
    ...signatures,
    ENCRYPTION_KEY_FILE: context.folders.encryptionKeyFile,
    LISTEN_HOST: HOST,
    PORT: String(port),
    PUBLIC_URL: url,
    CONSOLE_FOLDER: join(REPOSITORY_FOLDER, 'console/dist/app'),
    FIRST_ADMIN_PASSWORD_FILE: context.folders.adminPasswordFile,
  }
  await startNodeProcess(context, { name: 'api', entry: 'backend/dist/main.js', env, probe: { host: HOST, port } })
  return url
}

/** Receivers of a development environment run on this machine. */
const LOOPBACK = '127.0.0.0/8,::1'

export async function startWorker(context: StackContext, { database, signatures }: BackendDependencies): Promise<void> {
  const socketPath = join(context.folders.run, 'worker.probe.sock')
  const env = {
    ...databaseSettings(database),
    ...signatures,
    ENCRYPTION_KEY_FILE: context.folders.encryptionKeyFile,
    PROBE_SOCKET: socketPath,
    NOTIFICATION_ALLOWED_NETWORKS: LOOPBACK,
  }
  await startNodeProcess(context, { name: 'worker', entry: 'backend/dist/worker.js', env, probe: { socketPath } })
}
