import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ContainerInfoMessage, messages, SECOND_MS } from '@guardimesh/contracts'
import { ApiClient } from '@guardimesh/dev/api-client.js'
import { type DevEnv, type DevEnvOptions, startDevEnv } from '@guardimesh/dev/dev-env.js'
import { createLogger, readSecretFile, sleep, UnixSocketClient } from '@guardimesh/kit'
import { type RunningContainerd, startContainerd } from '@guardimesh/testbed/containerd.js'

const REQUEST_TIMEOUT_MS = 10 * SECOND_MS

/** A platform that was started for one benchmark. */
export interface BenchPlatform {
  readonly env: DevEnv
  /** Client with a session of the first administrator. */
  readonly api: ApiClient
  readonly ingestionKey: string
  readonly containerd: RunningContainerd
  /** The first of the containers. */
  readonly container: ContainerInfoMessage
}

/** Prints progress to standard error; standard output is reserved for measurements. */
export function logProgress(text: string): void {
  process.stderr.write(`${text}\n`)
}

export interface PlatformOptions extends Pick<DevEnvOptions, 'settings'> {
  /** Fills the puller's source folder. Default: the starter set. */
  readonly writeSignatures?: (folder: string) => Promise<void>
  /** Number of containers to run. Default: 1. */
  readonly containers?: number
}

/** Starts a platform in temporary folders, runs `work`, and removes everything afterwards, also on failure. */
export async function withPlatform<Outcome>(
  options: PlatformOptions,
  work: (platform: BenchPlatform) => Promise<Outcome>,
): Promise<Outcome> {
  const folder = await mkdtemp('/var/tmp/guardimesh-bench-')
  const runFolder = await mkdtemp(join(tmpdir(), 'gmb-'))
  logProgress('starting the platform')
  try {
    const containerd = await startContainerd({ folder: join(folder, 'containerd') })
    try {
      await startPods(containerd, options.containers ?? 1)
      const settings = await prepareSettings(options, folder)
      const runtime = { kind: 'given', endpoint: containerd.endpoint } as const
      const env = await startDevEnv({ folder, runFolder, runtime, log: createLogger('bench', 'error'), settings })
      try {
        const api = await ApiClient.login(env.facts.url, env.facts.adminEmail, readSecretFile(env.folders.adminPasswordFile))
        const ingestionKey = (await readFile(env.folders.ingestionKeyFile, 'utf8')).trim()
        return await work({ env, api, ingestionKey, containerd, container: await waitForFirstContainer(runFolder) })
      } finally {
        await env.stop()
      }
    } finally {
      await containerd.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
    await rm(runFolder, { recursive: true, force: true })
  }
}

const podNameAt = (index: number) => `shop-${index}`

async function startPods(containerd: RunningContainerd, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await containerd.runPod({ name: podNameAt(index), namespace: 'demo' })
}

async function prepareSettings(
  { settings = {}, writeSignatures }: PlatformOptions,
  folder: string,
): Promise<NonNullable<DevEnvOptions['settings']>> {
  if (!writeSignatures) return settings
  const source = join(folder, 'signature-source')
  await writeSignatures(source)
  return { ...settings, puller: { ...settings.puller, SIGNATURES_SOURCE_FOLDER: source } }
}

async function waitForFirstContainer(runFolder: string): Promise<ContainerInfoMessage> {
  using inspector = new UnixSocketClient({
    socketPath: join(runFolder, 'inspector/inspector.sock'),
    request: messages.InspectorRequest,
    answer: messages.InspectorResponse,
    timeoutMs: REQUEST_TIMEOUT_MS,
  })
  for (let attempt = 0; attempt < 50; attempt++) {
    const { containers } = await inspector.ask({ listContainers: {} })
    const found = containers?.containers?.find((candidate) => candidate.podName === podNameAt(0) && !candidate.sandbox)
    if (found) return found as ContainerInfoMessage
    await sleep(200)
  }
  throw new Error('timed out waiting for the first container')
}

/** Maps a path in a container to a path on this machine that resolves through the container's mounts. */
export function pathInContainer(container: ContainerInfoMessage, path: string): string {
  return `/proc/${container.pid}/root${path}`
}

/** Returns a URL with the password. */
export function buildDatabaseUrl({ url, passwordFile }: DevEnv['facts']['database']): string {
  const address = new URL(url)
  if (passwordFile !== undefined) address.password = readSecretFile(passwordFile)
  return address.href
}
