import { type ContainerInfoMessage, messages } from '@guardimesh/contracts/messages'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HashPool } from '../engines/hash-pool.js'
import { statOpened } from '../node/file-stat.js'
import { FileWorkers } from '../node/file-workers.js'
import { createMemoryFile } from '../node/memory-file.js'
import { ProcReader } from '../node/proc.js'
import type { RunFile } from '../node/process-state.js'
import { DriftDetector } from './drift-detector.js'
import { RunningFiles } from './running-files.js'

const PATH = Buffer.from('/memfd:cache')

let hashes: HashPool
let workers: FileWorkers
let runningFiles: RunningFiles
let file: RunFile

beforeAll(() => {
  hashes = new HashPool()
  workers = new FileWorkers('/')
  runningFiles = new RunningFiles({
    ...{ proc: new ProcReader('/'), drift: new DriftDetector('/', hashes), workers },
    features: () => ({ memfd: true }) as ReturnType<ConstructorParameters<typeof RunningFiles>[0]['features']>,
    isOwn: ({ podName }) => podName === 'guardimesh-scanner-x',
  })
  using memory = createMemoryFile(Buffer.from('content'), PATH)
  file = { kind: 'memfd', path: PATH, stat: statOpened(memory.fd), link: `fd/${memory.fd}` }
})
afterAll(async () => {
  workers[Symbol.dispose]()
  await hashes[Symbol.asyncDispose]()
})

const aRunner = (podName: string) => ({ container: messages.ContainerInfo.create({ podName }) as ContainerInfoMessage, pid: process.pid })

test.each([
  { podName: 'web', role: 'Open' as const, isScanned: true },
  { podName: 'web', role: 'Executable' as const, isScanned: true },
  { podName: 'guardimesh-scanner-x', role: 'Open' as const, isScanned: false },
  { podName: 'guardimesh-scanner-x', role: 'Executable' as const, isScanned: true },
])('$podName, $role: is scanned: $isScanned', async ({ podName, role, isScanned }) => {
  expect((await runningFiles.select(aRunner(podName), file, role)) !== undefined).toBe(isScanned)
})
