import { chmod, mkdir } from 'node:fs/promises'
import { DEFAULT_ADMINISTRATOR_EMAIL, SECOND_MS } from '@guardimesh/contracts'
import { GuardError, type Logger } from '@guardimesh/kit'
import { startAgents } from './stack/agents.js'
import { prepareSignatures, startAntivirus } from './stack/antivirus.js'
import { ensureIngestionKey, migrate, startApi, startWorker } from './stack/backend.js'
import type { PartName, Settings, StackContext } from './stack/context.js'
import { type DatabaseAccess, startDatabase } from './stack/database.js'
import { removeFacts, type StackFacts, writeFacts } from './stack/facts.js'
import { type StackFolders, stackFolders } from './stack/folders.js'
import { freePort } from './stack/ports.js'
import { type RuntimeChoice, startRuntime } from './stack/runtime.js'
import { followSettings, managementSettings, type SignatureServerAccess, startSignatureServer } from './stack/signature-server.js'
import { runStep, type StepEvent } from './stack/steps.js'
import type { WatchedRuntime } from './stack/watched-runtime.js'
import { Supervisor } from './supervision/supervisor.js'

const READY_TIMEOUT_MS = 90 * SECOND_MS

export interface DevEnvOptions {
  /** Data, kept between runs; every user must be able to enter the folders above it. */
  readonly folder: string
  /** Sockets; at most 80 bytes long, since the path of a Unix socket ends at 107. */
  readonly runFolder: string
  readonly log: Logger
  /** First choice for the port of the API, and one above it for the signature server; the next free one is taken when it is in use. Any free one when left out. */
  readonly port?: number
  /** A database of the caller instead of our own PostgreSQL. */
  readonly database?: DatabaseAccess
  /** Whose containers are watched. `private`, a containerd of our own with a demo pod, when left out. */
  readonly runtime?: RuntimeChoice
  /** Settings for single processes besides ours, for tests. */
  readonly settings?: Readonly<Partial<Record<PartName, Settings>>>
  readonly onStep?: (event: StepEvent) => void
  /** Ends the start when aborted. */
  readonly signal?: AbortSignal
}

/** The whole platform on this machine. */
export interface DevEnv {
  readonly folders: StackFolders
  readonly facts: StackFacts
  /** Knows the parts by name: `supervisor.signal('api', 'SIGKILL')`. */
  readonly supervisor: Supervisor
  /** Ends everything that was started; the data stays. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL, clamd, the signature server, the backend, the node's four processes and a container runtime, and waits until all are ready.
 *
 * @throws GuardError when one of them does not start; nothing is left running then.
 */
export async function startDevEnv(options: DevEnvOptions): Promise<DevEnv> {
  const folders = stackFolders(options.folder, options.runFolder)
  await makeFolders(folders)
  const supervisor = new Supervisor({ stateFile: folders.stateFile, log: options.log, readyTimeoutMs: READY_TIMEOUT_MS })
  const starting = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, starting.signal]) : starting.signal
  const context: StackContext = { folders, supervisor, signal, log: options.log, settings: options.settings ?? {} }
  const stop = async () => {
    starting.abort(new GuardError('SHUTTING_DOWN', 'the start was given up'))
    await supervisor.stop()
    await removeFacts(folders.factsFile)
  }
  const onAbort = () => void supervisor.stop().catch((error: unknown) => options.log.error({ error }, 'stopping failed'))
  options.signal?.addEventListener('abort', onAbort, { once: true })
  try {
    const facts = await startParts(context, options)
    return { folders, facts, supervisor, stop }
  } catch (error) {
    await stop()
    throw error
  } finally {
    options.signal?.removeEventListener('abort', onAbort)
  }
}

async function startParts(context: StackContext, options: DevEnvOptions): Promise<StackFacts> {
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

/** A caller that gives the puller a folder of its own wants these signatures and no others: then there is no server. */
async function startSignatures(context: StackContext, options: DevEnvOptions): Serving {
  if (options.settings?.puller?.SIGNATURES_SOURCE_FOLDER !== undefined) return undefined
  return stepper(options)('signature-server', async () => {
    // Beside the console's, so that it stays the same for who has set up something of theirs.
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
  })
  const signatures = managementSettings(await serving)
  const url = await step('backend', async () => {
    const port = await freePort(options.port ?? 0)
    const surroundings = { database, signatures }
    const [address] = await Promise.all([startApi(context, surroundings, port), startWorker(context, surroundings)])
    return address
  })
  return { url, database }
}

const stepper =
  ({ onStep = () => undefined }: DevEnvOptions) =>
  <T>(...[name, work]: [StepEvent['step'], () => Promise<T>]): Promise<T> =>
    runStep(name, onStep, work)

async function makeFolders(folders: StackFolders): Promise<void> {
  for (const folder of [folders.root, folders.run]) {
    await mkdir(folder, { recursive: true })
    await chmod(folder, 0o755)
  }
  await mkdir(folders.secrets, { recursive: true, mode: 0o700 })
  const { images, logs, scanner, signatures, signatureServer, trustedKeys } = folders
  for (const folder of [images, logs, scanner, signatures, signatureServer, trustedKeys]) await mkdir(folder, { recursive: true })
}
