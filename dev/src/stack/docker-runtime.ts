import { execFile } from 'node:child_process'
import { request } from 'node:http'
import { promisify } from 'node:util'
import { SECOND_MS } from '@guardimesh/contracts'
import { buildDemoImage, DEMO_IMAGE } from '@guardimesh/testbed/demo-image.js'
import { logFileOf, type StackContext } from './context.js'
import type { StackFolders } from './folders.js'
import { testbedPart } from './testbed-part.js'
import { infectShellCommand, type WatchedRuntime } from './watched-runtime.js'

const run = promisify(execFile)
const ANSWER_TIMEOUT_MS = 3 * SECOND_MS
/** Tells our container from the person's own, and one instance's from another's. */
const LABEL = 'io.guardimesh.dev-env'

/** True when a Docker daemon answers on a socket. */
export function answersAsDocker(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping', timeout: ANSWER_TIMEOUT_MS }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.on('timeout', () => asked.destroy(new Error('no answer')))
    asked.on('error', () => resolve(false))
    asked.end()
  })
}

/** Runs a demo container, without a network, in the machine's own Docker; it is removed on `stop` and made again when somebody ends it. */
export async function startDockerDemo(
  context: StackContext,
  socketPath: string,
  why: string,
  onChange: (runtime: WatchedRuntime) => Promise<void>,
): Promise<void> {
  const part = testbedPart({
    name: 'runtime',
    logFile: logFileOf(context.folders, 'dev-env'),
    start: () => runDemoContainer(context.folders, socketPath),
    onStart: ({ containerId }) => {
      const infectCommand = ['docker', '--host', `unix://${socketPath}`, 'exec', containerId, ...infectShellCommand()]
      return onChange({ endpoint: `unix://${socketPath}`, why, infectCommand })
    },
  })
  await context.supervisor.start(part)
}

async function runDemoContainer(folders: StackFolders, socketPath: string) {
  await removeDockerDemo(folders, socketPath)
  await docker(socketPath, ['load', '--quiet', '--input', await buildDemoImage(folders.images)])
  const labels = ['--label', `${LABEL}=${folders.root}`]
  const containerId = (await docker(socketPath, ['run', '--detach', '--network', 'none', ...labels, DEMO_IMAGE])).slice(0, 12)
  const pid = Number(await docker(socketPath, ['inspect', '--format', '{{.State.Pid}}', containerId]))
  return { containerId, pid, stop: () => removeDockerDemo(folders, socketPath) }
}

/** Removes this instance's demo container, if there is one. */
export async function removeDockerDemo(folders: StackFolders, socketPath: string): Promise<void> {
  const found = await docker(socketPath, ['ps', '--all', '--quiet', '--filter', `label=${LABEL}=${folders.root}`])
  for (const containerId of found.split('\n').filter(Boolean)) await docker(socketPath, ['rm', '--force', '--volumes', containerId])
}

/** @returns what it printed. */
async function docker(socketPath: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('docker', ['--host', `unix://${socketPath}`, ...args])
  return stdout.trim()
}
