import { mkdtemp, rm } from 'node:fs/promises'
import { createLogger, readSecretFile } from '@guardimesh/kit'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { ApiClient } from '../../dev/src/api-client.js'
import { type DevEnv, type DevEnvOptions, startDevEnv } from '../../dev/src/dev-env.js'
import { removeAbandonedStacks } from './remove-abandoned.js'

const PURPOSE = 'e2e'

/** A platform in temporary folders. */
export interface TestStack {
  readonly env: DevEnv
  readonly url: string
  readonly adminEmail: string
  readonly adminPassword: string
  /** Client with the session of the first administrator. */
  readonly api: ApiClient
  /** Stops all components and deletes the folders. */
  stop(): Promise<void>
}

/**
 * Starts the platform for one test file; call `stop` in afterAll, which deletes the logs. A failed start keeps its folder and reports its
 * path.
 *
 * @param options runtime, database or settings of single processes; a private containerd when left out.
 */
export async function startTestStack(options: Pick<DevEnvOptions, 'runtime' | 'database' | 'settings'> = {}): Promise<TestStack> {
  await removeAbandonedStacks(PURPOSE)
  const folder = await temporaryFolder(PURPOSE)
  // Short: the path of a Unix socket ends at 107 bytes.
  const runFolder = await mkdtemp('/run/gm-')
  const env = await startDevEnv({ ...options, folder, runFolder, log: createLogger('e2e', 'warn') }).catch((cause: unknown) => {
    throw new Error(`the platform did not start; its logs are in ${folder}`, { cause })
  })
  const { url, adminEmail } = env.facts
  const adminPassword = readSecretFile(env.folders.adminPasswordFile)
  const stop = async () => {
    await env.stop()
    for (const path of [folder, runFolder]) await rm(path, { recursive: true, force: true })
  }
  return { env, url, adminEmail, adminPassword, api: await ApiClient.login(url, adminEmail, adminPassword), stop }
}
