import { KIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { JsonClient, runChecked } from '@guardimesh/kit'
import { buildDemoImage, DEMO_IMAGE } from '@guardimesh/testbed/demo-image.js'
import { logFileOf, type StackContext } from './context.js'
import type { StackFolders } from './folders.js'
import { testbedComponent } from './testbed-component.js'
import { infectShellCommand, type WatchedRuntime } from './watched-runtime.js'

const PING_LIMITS = { timeoutMs: 3 * SECOND_MS, maxResponseBytes: KIB_BYTES }
/** Identifies the container of an instance. */
const LABEL = 'io.guardimesh.dev-env'

/** Whether a Docker daemon answers on a socket. */
export async function answersAsDocker(socketPath: string): Promise<boolean> {
  using client = new JsonClient({ baseUrl: 'http://docker', socketPath, keepAlive: false, ...PING_LIMITS })
  return client.send({ path: '/_ping' }).then(
    ({ status }) => status === 200,
    () => false,
  )
}

/** Runs a demo container without a network in the machine's Docker. It is removed on `stop`, and created again when it ends. */
export async function startDockerDemo(
  context: StackContext,
  socketPath: string,
  why: string,
  onChange: (runtime: WatchedRuntime) => Promise<void>,
): Promise<void> {
  const component = testbedComponent({
    name: 'runtime',
    logFile: logFileOf(context.folders, 'dev-env'),
    start: () => runDemoContainer(context.folders, socketPath),
    onStart: ({ containerId }) => {
      const infectCommand = ['docker', '--host', `unix://${socketPath}`, 'exec', containerId, ...infectShellCommand()]
      return onChange({ endpoint: `unix://${socketPath}`, why, infectCommand })
    },
  })
  await context.supervisor.start(component)
}

async function runDemoContainer(folders: StackFolders, socketPath: string) {
  await removeDockerDemo(folders, socketPath)
  await docker(socketPath, ['load', '--quiet', '--input', await buildDemoImage(folders.images)])
  const labels = ['--label', `${LABEL}=${folders.root}`]
  const containerId = (await docker(socketPath, ['run', '--detach', '--network', 'none', ...labels, DEMO_IMAGE])).slice(0, 12)
  const pid = Number(await docker(socketPath, ['inspect', '--format', '{{.State.Pid}}', containerId]))
  return { containerId, pid, stop: () => removeDockerDemo(folders, socketPath) }
}

/** Removes the demo container of this instance. Idempotent. */
export async function removeDockerDemo(folders: StackFolders, socketPath: string): Promise<void> {
  const found = await docker(socketPath, ['ps', '--all', '--quiet', '--filter', `label=${LABEL}=${folders.root}`])
  for (const containerId of found.split('\n').filter(Boolean)) await docker(socketPath, ['rm', '--force', '--volumes', containerId])
}

async function docker(socketPath: string, args: readonly string[]): Promise<string> {
  return (await runChecked('docker', ['--host', `unix://${socketPath}`, ...args])).trim()
}
