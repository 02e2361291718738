import { hostname } from 'node:os'
import { join } from 'node:path'
import { KIB_BYTES } from '@guardimesh/contracts'
import { pullerSettings } from './antivirus.js'
import { AGENT_FLAGS, type PartName, type Settings, type StackContext, startNodeProcess } from './context.js'

/** What the node's processes need to know of the other parts. */
export interface AgentSurroundings {
  readonly runtimeEndpoint: string
  readonly clamdSocket: string
  readonly backendUrl: string
  /** How the puller knows the signature server; empty without one. */
  readonly follow: Settings
}

/** Starts the four processes of the node, each when those that it asks are ready. */
export async function startAgents(context: StackContext, surroundings: AgentSurroundings): Promise<void> {
  const { folders } = context
  const common = { RUN_FOLDER: folders.run, HOST_ROOT: '/' }
  const signatures = { SIGNATURES_FOLDER: folders.signatures, CLAMD_SOCKET: surroundings.clamdSocket }
  await Promise.all([
    startAgent(context, 'inspector', { ...common, RUNTIME_ENDPOINT: surroundings.runtimeEndpoint }),
    startAgent(context, 'obfuscation-scanner', { RUN_FOLDER: folders.run, SIGNATURES_FOLDER: folders.signatures }),
    startAgent(context, 'puller', pullerSettings(context, surroundings.follow)),
  ])
  await startAgent(context, 'scanner', {
    ...common,
    ...signatures,
    STATE_FOLDER: folders.scanner,
    BACKEND_URL: surroundings.backendUrl,
    API_KEY_FILE: folders.ingestionKeyFile,
    NODE_NAME: hostname(),
    HOST_IP: '127.0.0.1',
  })
}

/** One heap of malloc for all threads, given back to the node when it is free (mallopt(3)): takes a tenth less memory, and none of these waits for it. */
const MALLOC_SETTINGS = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: String(128 * KIB_BYTES) }

function startAgent(context: StackContext, name: PartName, env: Settings): Promise<void> {
  const socketPath = join(context.folders.run, `${name}.probe.sock`)
  const entry = `scanner/dist/processes/${name}/main.js`
  return startNodeProcess(context, { name, entry, env: { ...MALLOC_SETTINGS, ...env }, probe: { socketPath }, flags: AGENT_FLAGS })
}
