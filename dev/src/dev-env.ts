import { chmod, mkdir } from 'node:fs/promises'
import { DEFAULT_ADMINISTRATOR_EMAIL, SECOND_MS } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import { startAgents } from './stack/agents.js'
import { prepareSignatures, startAntivirus } from './stack/antivirus.js'
import { ensureEncryptionKey, ensureIngestionKey, migrate, startApi, startWorker } from './stack/backend.js'
import type { ComponentName, Settings, StackContext } from './stack/context.js'
import { type DatabaseAccess, startDatabase } from './stack/database.js'
import { removeFacts, type StackFacts, writeFacts } from './stack/facts.js'
import { AGENT_NAMES, processFolder, type StackFolders, stackFolders } from './stack/folders.js'
import { freePort } from './stack/ports.js'
import { type RuntimeChoice, startRuntime } from './stack/runtime.js'
import { followSettings, managementSettings, type SignatureServerAccess, startSignatureServer } from './stack/signature-server.js'
import { runStep, type StepEvent } from './stack/steps.js'
import type { WatchedRuntime } from './stack/watched-runtime.js'
import { Supervisor } from './supervision/supervisor.js'

const READY_TIMEOUT_MS = 90 * SECOND_MS

export interface DevEnvOptions {
  /** Data, kept between runs; all users must be able to enter the folders above it. */
  readonly folder: string
  /** Sockets; maximum 80 bytes, because the path of a Unix socket is limited to 107. */
  readonly runFolder: string
  readonly log: Logger
  /** Preferred port of the API; the signature server uses the next one. If it is in use, the next free one is used. Default: any free port. */
  readonly port?: number
  /** An existing database. Default: a private PostgreSQL. */
  readonly database?: DatabaseAccess
  /** The container runtime to watch. Default: `private`, a private containerd with a demo pod. */
  readonly runtime?: RuntimeChoice
  /** Additional settings of single components, for tests. */
  readonly settings?: Readonly<Partial<Record<ComponentName, Settings>>>
  readonly onStep?: (event: StepEvent) => void
  /** Cancels the start when aborted. */
  readonly signal?: AbortSignal
}

/** The running platform on this machine. */
export interface DevEnv {
  readonly folders: StackFolders
  readonly facts: StackFacts
  /** Controls the components by name: `supervisor.signal('api', 'SIGKILL')`. */
  readonly supervisor: Supervisor
  /** Stops all components and keeps the data. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL, clamd, the signature server, the backend, the four scanner processes and a container runtime, and waits until all are
 * ready.
 *
 * @throws ComponentError when one of them does not start, after stopping the others.
 */
export async function startDevEnv(options: DevEnvOptions): Promise<DevEnv> {
  const folders = stackFolders(options.folder, options.runFolder)
  await createFolders(folders)
  const supervisor = new Supervisor({ stateFile: folders.stateFile, log: options.log, readyTimeoutMs: READY_TIMEOUT_MS })
  const starting = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, starting.signal]) : starting.signal
  const context: StackContext = { folders, supervisor, signal, log: options.log, settings: options.settings ?? {} }
  const stop = async () => {
    starting.abort(new Error('the start was cancelled'))
    await supervisor.stop()
    await removeFacts(folders.factsFile)
  }
  const onAbort = () => void supervisor.stop().catch((error: unknown) => options.log.error({ error }, 'failed to stop'))
  options.signal?.addEventListener('abort', onAbort, { once: true })
  try {
    const facts = await startComponents(context, options)
    return { folders, facts, supervisor, stop }
  } catch (error) {
    await stop()
    throw error
  } finally {
    options.signal?.removeEventListener('abort', onAbort)
  }
}

async function startComponents(context: StackContext, options: DevEnvOptions): Promise<StackFacts> {
  const step = stepper(options)
  const { folders } = context
  let facts: StackFacts | undefined
  const onRuntimeChange = async (runtime: WatchedRuntime) => {
    if (!facts) return
    facts = { ...facts, runtime }
    await writeFacts(folders.factsFile, facts)
  }
  const serving = startSignatures(context, options)
  const [server, backend, clamdSocket, runtime] = await Promise.all([
    serving,
    startBackend(context, options, serving),
    startEngine(context, options, serving),
    step('runtime', () => startRuntime(context, options.runtime ?? { kind: 'private' }, onRuntimeChange)),
  ])
  const follow = followSettings(server)
  await step('agents', () => startAgents(context, { runtimeEndpoint: runtime.endpoint, clamdSocket, backendUrl: backend.url, follow }))
  const { url, passwordFile } = backend.database
  facts = {
    url: backend.url,
    adminEmail: DEFAULT_ADMINISTRATOR_EMAIL,
    runtime,
    database: { url, ...(passwordFile === undefined ? {} : { passwordFile }) },
    clamdSocket,
    ...(server ? { signatureServer: { url: server.url, incoming: server.incoming } } : {}),
  }
  await writeFacts(folders.factsFile, facts)
  return facts
}

type Serving = Promise<SignatureServerAccess | undefined>

/** Starts no signature server when the caller configures the puller with a source folder, whose signatures are then the only ones. */
async function startSignatures(context: StackContext, options: DevEnvOptions): Serving {
  if (options.settings?.puller?.SIGNATURES_SOURCE_FOLDER !== undefined) return undefined
  return stepper(options)('signature-server', async () => {
    // A fixed port next to that of the console, so that clients keep working after a restart.
    const port = await freePort(options.port === undefined ? 0 : options.port + 1)
    return startSignatureServer(context, port)
  })
}

/** @returns clamd's socket. */
async function startEngine(context: StackContext, options: DevEnvOptions, serving: Serving): Promise<string> {
  const step = stepper(options)
  const follow = followSettings(await serving)
  await step('signatures', () => prepareSignatures(context, follow))
  return step('antivirus', () => startAntivirus(context))
}

async function startBackend(
  context: StackContext,
  options: DevEnvOptions,
  serving: Serving,
): Promise<{ url: string; database: DatabaseAccess }> {
  const step = stepper(options)
  const database = await step('database', async () => options.database ?? (await startDatabase(context)))
  await step('schema', async () => {
    await migrate(context, database)
    await ensureIngestionKey(context, database)
    await ensureEncryptionKey(context)
  })
  const signatures = managementSettings(await serving)
  const url = await step('backend', async () => {
    const port = await freePort(options.port ?? 0)
    const dependencies = { database, signatures }
    const [address] = await Promise.all([startApi(context, dependencies, port), startWorker(context, dependencies)])
    return address
  })
  return { url, database }
}

function stepper({ onStep = () => undefined }: DevEnvOptions) {
  return <T>(name: StepEvent['step'], work: () => Promise<T>): Promise<T> => runStep(name, onStep, work)
}

async function createFolders(folders: StackFolders): Promise<void> {
  for (const folder of [folders.root, folders.run]) {
    await mkdir(folder, { recursive: true })
    await chmod(folder, 0o755)
  }
  // One folder per scanner process, closed for all other users.
  for (const name of AGENT_NAMES) await mkdir(processFolder(folders, name), { recursive: true, mode: 0o700 })
  await mkdir(folders.secrets, { recursive: true, mode: 0o700 })
  const { images, logs, scanner, signatures, signatureServer, trustedKeys } = folders
  for (const folder of [images, logs, scanner, signatures, signatureServer, trustedKeys]) await mkdir(folder, { recursive: true })
}
