import { hostname } from 'node:os'
import { join } from 'node:path'
import { AGENT_FLAGS, AGENT_MALLOC_SETTINGS } from '@guardimesh/contracts'
import { pullerSettings } from './antivirus.js'
import { type Settings, type StackContext, startNodeProcess } from './context.js'
import { type AgentName, processFolder } from './folders.js'

/** Addresses of the components that the scanner processes use. */
export interface AgentDependencies {
  readonly runtimeEndpoint: string
  readonly clamdSocket: string
  readonly backendUrl: string
  /** Settings of the puller for the signature server; empty without one. */
  readonly follow: Settings
}

/** Starts the four scanner processes, each when the processes that it uses are ready. */
export async function startAgents(context: StackContext, dependencies: AgentDependencies): Promise<void> {
  const { folders } = context
  const folderOf = (name: AgentName) => processFolder(folders, name)
  const signatures = { SIGNATURES_FOLDER: folders.signatures, CLAMD_SOCKET: dependencies.clamdSocket }
  await Promise.all([
    startAgent(context, 'inspector', { RUN_FOLDER: folderOf('inspector'), HOST_ROOT: '/', RUNTIME_ENDPOINT: dependencies.runtimeEndpoint }),
    startAgent(context, 'obfuscation-scanner', {
      RUN_FOLDER: folderOf('obfuscation-scanner'),
      SIGNATURES_FOLDER: folders.signatures,
    }),
    startAgent(context, 'puller', pullerSettings(context, dependencies.follow)),
  ])
  await startAgent(context, 'scanner', {
    ...signatures,
    RUN_FOLDER: folderOf('scanner'),
    INSPECTOR_FOLDER: folderOf('inspector'),
    OBFUSCATION_FOLDER: folderOf('obfuscation-scanner'),
    PULLER_FOLDER: folderOf('puller'),
    HOST_ROOT: '/',
    STATE_FOLDER: folders.scanner,
    BACKEND_URL: dependencies.backendUrl,
    API_KEY_FILE: folders.ingestionKeyFile,
    NODE_NAME: hostname(),
    HOST_IP: '127.0.0.1',
  })
}

function startAgent(context: StackContext, name: AgentName, env: Settings): Promise<void> {
  const socketPath = join(processFolder(context.folders, name), `${name}.probe.sock`)
  const entry = `scanner/dist/processes/${name}/main.js`
  return startNodeProcess(context, { name, entry, env: { ...AGENT_MALLOC_SETTINGS, ...env }, probe: { socketPath }, flags: AGENT_FLAGS })
}
