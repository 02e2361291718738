import { hostname } from 'node:os'
import { join } from 'node:path'
import { startClamd } from '@guardimesh/testbed/clamd.js'
import { runNodeCommand, type Settings, type StackContext } from './context.js'
import { processFolder } from './folders.js'
import { STARTER_SIGNATURES } from './signature-server.js'
import { testbedComponent } from './testbed-component.js'

/** Builds the settings of the puller. Pure. @param follow its settings for the signature server; empty without one. */
export function pullerSettings(context: StackContext, follow: Settings): Settings {
  return {
    RUN_FOLDER: processFolder(context.folders, 'puller'),
    // With a signature server, used only until it offers a generation.
    SIGNATURES_SOURCE_FOLDER: STARTER_SIGNATURES,
    ...follow,
    NODE_NAME: hostname(),
    SIGNATURES_FOLDER: context.folders.signatures,
    // The socket of testbed's clamd, which starts after the first generation is created.
    CLAMD_SOCKET: join(context.folders.clamd, 'clamd.sock'),
    ...context.settings.puller,
  }
}

/** Creates the first generation of signatures, as the init container does in a cluster: clamd does not start without one. */
export async function prepareSignatures(context: StackContext, follow: Settings): Promise<void> {
  const env = pullerSettings(context, follow)
  await runNodeCommand(context, { name: 'puller-once', entry: 'scanner/dist/processes/puller/main.js', args: ['--once'], env })
}

/** Starts clamd on the current generation. @returns its socket. */
export async function startAntivirus(context: StackContext): Promise<string> {
  const folder = context.folders.clamd
  const { clamd: settings = {} } = context.settings
  let socketPath = ''
  const component = testbedComponent({
    name: 'clamd',
    logFile: join(folder, 'clamd.log'),
    start: () => startClamd({ folder, databaseFolder: join(context.folders.signatures, 'current/clamav'), settings }),
    onStart: (clamd) => {
      socketPath = clamd.socketPath
    },
  })
  await context.supervisor.start(component)
  return socketPath
}
