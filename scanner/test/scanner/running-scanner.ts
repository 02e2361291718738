import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join, resolve } from 'node:path'
import { runProgram } from '@guardimesh/kit'
import { startClamd } from '@guardimesh/testbed/clamd.js'
import { startContainerd } from '@guardimesh/testbed/containerd.js'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { expect, vi } from 'vitest'
import { startIngestServer } from '../report/ingest-server.js'

const dist = resolve(import.meta.dirname, '../../dist')

export interface NodeOptions {
  /** Creates the first signatures in the given folder. @returns the database folder of clamd. Default: a database with the test virus. */
  readonly signatures?: (signaturesFolder: string) => Promise<string>
  /** Features of the scan configuration that differ from those of the other tests. */
  readonly features?: { readonly volumes?: boolean; readonly imageLayers?: boolean }
  /** Starts the obfuscation scanner. Default: false. */
  readonly obfuscation?: boolean
  /** Default: node-1. */
  readonly nodeName?: string
  /** A real backend with an API key. Default: the ingest server of the test. */
  readonly backend?: { readonly url: string; readonly apiKey: string }
}

/** Starts a node with containerd, clamd, inspector and scanner as real processes; only the backend is a fake. */
export async function startNode(options: NodeOptions = {}) {
  const folder = await temporaryFolder('scanner')
  const [run, state, databases] = [join(folder, 'run'), join(folder, 'state'), join(folder, 'db')]
  for (const path of [run, state, databases]) await mkdir(path)
  await chmod(databases, 0o755)
  await writeFile(join(databases, 'test.ndb'), `Eicar-Test-Signature:0:0:${eicarBytes().toString('hex')}\n`)
  const databaseFolder = (await options.signatures?.(join(folder, 'signatures'))) ?? databases
  await writeFile(join(folder, 'api-key'), options.backend?.apiKey ?? 'gm_test\n')
  const backend = await startIngestServer()
  backend.state.scanConfig = {
    ...backend.state.scanConfig,
    processScanIntervalSeconds: 1,
    pollIntervalSeconds: 5,
    features: { ...backend.state.scanConfig.features, obfuscation: options.obfuscation === true, volumes: true, ...options.features },
  }
  const [containerd, clamd] = await Promise.all([
    startContainerd({ folder: join(folder, 'cd') }),
    startClamd({ folder: join(folder, 'clamd'), databaseFolder }),
  ])
  const processes = new Map<string, ChildProcess>()
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    RUN_FOLDER: run,
    HOST_ROOT: '/',
    STATE_FOLDER: state,
    SIGNATURES_FOLDER: join(folder, 'signatures'),
    CLAMD_SOCKET: clamd.socketPath,
    BACKEND_URL: options.backend?.url ?? backend.url,
    API_KEY_FILE: join(folder, 'api-key'),
    CLUSTER_ID: 'test',
    NODE_NAME: options.nodeName ?? 'node-1',
    // Several nodes of one test share the machine.
    UNMANAGED_CONTAINERS: String(options.nodeName === undefined),
    RUNTIME_ENDPOINT: containerd.endpoint,
    LOG_LEVEL: 'debug',
  }
  type ProcessName = 'inspector' | 'scanner' | 'obfuscation-scanner'
  const start = (name: ProcessName) => {
    const child = spawn(process.execPath, [join(dist, 'processes', name, 'main.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const logFile = createWriteStream(join(folder, `${name}.log`), { flags: 'a' })
    child.stdout.pipe(logFile, { end: false })
    child.stderr.pipe(logFile, { end: false })
    processes.set(name, child)
    return child
  }
  const end = async (name: ProcessName, signal: NodeJS.Signals) => {
    const child = processes.get(name)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  const ready = () =>
    vi.waitFor(async () => expect(await probe(join(run, 'scanner.probe.sock'), '/readyz')).toBe('ok\n'), { timeout: 20_000, interval: 50 })
  start('inspector')
  if (options.obfuscation) start('obfuscation-scanner')
  start('scanner')
  await ready()
  const scanNow = (...args: string[]) => runProgram(process.execPath, [join(dist, 'cli/scan-now.js'), ...args], { env })
  const stop = async () => {
    await end('scanner', 'SIGTERM')
    await end('inspector', 'SIGTERM')
    await end('obfuscation-scanner', 'SIGTERM')
    await clamd.stop()
    await containerd.stop()
    await backend.close()
  }
  return {
    folder,
    state,
    backend,
    containerd,
    clamd,
    start,
    end,
    ready,
    scanNow,
    stop,
    livez: () => probe(join(run, 'scanner.probe.sock'), '/livez'),
    metrics: () => probe(join(run, 'scanner.probe.sock'), '/metrics'),
    readiness: () => probe(join(run, 'scanner.probe.sock'), '/readyz'),
    pidOf: (name: ProcessName) => processes.get(name)?.pid ?? 0,
  }
}

function probe(socketPath: string, path: string): Promise<string> {
  return new Promise((done, fail) => {
    const outgoing = request({ socketPath, path, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => done(text))
    })
    outgoing.on('error', fail)
    outgoing.end()
  })
}
