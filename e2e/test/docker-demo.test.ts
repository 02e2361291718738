import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { StackContext } from '@guardimesh/dev/stack/context.js'
import { answersAsDocker, startDockerDemo } from '@guardimesh/dev/stack/docker-runtime.js'
import { stackFolders } from '@guardimesh/dev/stack/folders.js'
import type { WatchedRuntime } from '@guardimesh/dev/stack/watched-runtime.js'
import { Supervisor } from '@guardimesh/dev/supervision/supervisor.js'
import { createLogger, runChecked } from '@guardimesh/kit'
import { type RunningDockerd, startDockerd } from '@guardimesh/testbed/dockerd.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitFor } from '../src/wait-for.js'

let folder: string
let dockerd: RunningDockerd
let supervisor: Supervisor
let socketPath: string

beforeAll(async () => {
  folder = await temporaryFolder('e2e-docker')
  dockerd = await startDockerd({ folder: join(folder, 'docker') })
  socketPath = dockerd.socketPath
})

afterAll(async () => {
  await supervisor?.stop()
  await dockerd?.stop()
  await rm(folder, { recursive: true, force: true })
})

const docker = async (...args: string[]) => (await runChecked('docker', ['--host', `unix://${socketPath}`, ...args])).trim()

test("runs the demo container in the machine's Docker, restarts it, and removes only that container on stop", async () => {
  const folders = stackFolders(folder, folder)
  await mkdir(folders.images, { recursive: true })
  const log = createLogger('test', 'silent')
  supervisor = new Supervisor({ stateFile: folders.stateFile, log, readyTimeoutMs: 30_000 })
  const context: StackContext = { folders, supervisor, signal: new AbortController().signal, log, settings: {} }
  const seen: WatchedRuntime[] = []
  expect(await answersAsDocker(socketPath)).toBe(true)
  await startDockerDemo(context, socketPath, 'a test', async (runtime) => void seen.push(runtime))
  const other = await dockerd.run({ name: 'other' })

  const [command = '', ...args] = seen[0]?.infectCommand ?? []
  await runChecked(command, args)
  const container = args[args.indexOf('exec') + 1] ?? ''
  expect(await docker('exec', container, 'wc', '-c', '/tmp/eicar.com')).toBe('68 /tmp/eicar.com')

  await docker('kill', container)
  await waitFor(() => expect(seen).toHaveLength(2))
  expect(seen[1]?.infectCommand).not.toEqual(seen[0]?.infectCommand)

  await supervisor.stop()
  const left = await docker('ps', '--all', '--quiet', '--no-trunc')
  expect(left.split('\n')).toEqual([other.containerId])
})

test('does not detect Docker on a socket without a server', async () => {
  expect(await answersAsDocker(join(folder, 'nobody.sock'))).toBe(false)
})
