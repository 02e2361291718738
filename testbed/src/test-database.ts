import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunningPostgres, runStatement, startPostgres, urlOf } from './postgres.js'
import { endLeftover } from './process-identity.js'
import { abandonedFolders, temporaryFolder } from './temporary-folder.js'

const PURPOSE = 'postgres'

let shared: Promise<RunningPostgres> | undefined

export interface TestDatabase {
  readonly url: string
  readonly passwordFile: string
  /** Closes all connections and drops the database. */
  drop(): Promise<void>
}

/**
 * Returns the server of this test process. It starts at the first call (about a second), in a temporary folder and without durability.
 * vitest runs each test file in its own process, so stop it in the file's `afterAll`, which also removes the folder.
 */
export function sharedPostgres(): Promise<RunningPostgres> {
  shared ??= startShared()
  return shared
}

/** Creates an empty database with a random name: one for each test file. */
export async function createTestDatabase(running: RunningPostgres): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  const { passwordFile, port } = running
  await runStatement(running.url, passwordFile, `CREATE DATABASE ${name}`)
  const drop = async () => {
    await runStatement(running.url, passwordFile, `DROP DATABASE ${name} WITH (FORCE)`)
  }
  return { url: urlOf(port, name), passwordFile, drop }
}

async function startShared(): Promise<RunningPostgres> {
  for (const folder of await abandonedFolders(PURPOSE)) await removeServer(folder)
  const folder = await temporaryFolder(PURPOSE)
  const running = await startPostgres({ folder, durable: false })
  const stop = async () => {
    shared = undefined
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...running, stop }
}

async function removeServer(folder: string): Promise<void> {
  await endLeftover(join(folder, 'postgres.pid'))
  await rm(folder, { recursive: true, force: true })
}
