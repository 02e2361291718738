import { mkdtemp, rm } from 'node:fs/promises'
import { ApiClient } from '@guardimesh/dev/api-client.js'
import { type DevEnv, type DevEnvOptions, startDevEnv } from '@guardimesh/dev/dev-env.js'
import { createLogger, readSecretFile } from '@guardimesh/kit'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { removeAbandonedStacks } from './remove-abandoned.js'

const PURPOSE = 'e2e'

/** A complete platform in temporary folders. */
export interface TestStack {
  readonly env: DevEnv
  readonly url: string
  readonly adminEmail: string
  readonly adminPassword: string
  /** Client with a session of the first administrator. */
  readonly api: ApiClient
  /** Stops the platform and deletes its folders. */
  stop(): Promise<void>
}

/**
 * Starts the platform for one test file; call `stop` in afterAll. `stop` deletes the logs; a failed start keeps the folder and reports
 * its path.
 *
 * @param options runtime, database or settings of single processes. Default runtime: a private containerd.
 */
export async function startTestStack(options: Pick<DevEnvOptions, 'runtime' | 'database' | 'settings'> = {}): Promise<TestStack> {
  await removeAbandonedStacks(PURPOSE)
  const folder = await temporaryFolder(PURPOSE)
  // Keep the path short: Unix socket paths are limited to 107 bytes.
  const runFolder = await mkdtemp('/run/gm-')
  const env = await startDevEnv({ ...options, folder, runFolder, log: createLogger('e2e', 'warn') }).catch((cause: unknown) => {
    throw new Error(`the platform failed to start; its logs are in ${folder}`, { cause })
  })
  const { url, adminEmail } = env.facts
  const adminPassword = readSecretFile(env.folders.adminPasswordFile)
  const stop = async () => {
    await env.stop()
    for (const path of [folder, runFolder]) await rm(path, { recursive: true, force: true })
  }
  return { env, url, adminEmail, adminPassword, api: await ApiClient.login(url, adminEmail, adminPassword), stop }
}
