import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { IMAGE_NAMES } from '@guardimesh/contracts'
import { readResidentBytes } from './process-usage.js'
import { CRDS_FOLDER, NAMESPACE, type SimulatedCluster } from './simulated-cluster.js'

const ENTRY = join(import.meta.dirname, '../../platform-operator/dist/main.js')
const SAMPLE_MS = 200

/** The compiled operator in a child process, with its peak memory and the duration of each reconcile. */
export interface OperatorUnderTest extends AsyncDisposable {
  readonly pid: number
  readonly reconcilesMs: readonly number[]
  peakBytes(): number
}

export async function startOperator({ server }: SimulatedCluster): Promise<OperatorUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'guardimesh-operator-'))
  const file = (name: string) => join(folder, name)
  const images = Object.fromEntries(IMAGE_NAMES.map((name) => [name, { digest: `sha256:${'1'.repeat(64)}` }]))
  await writeFile(file('images.json'), JSON.stringify({ version: '1.0.0', images }))
  await writeFile(file('config.json'), server.kubeConfigText('operator'), { mode: 0o600 })
  const env = {
    PATH: process.env.PATH,
    KUBECONFIG: file('config.json'),
    WATCH_NAMESPACE: NAMESPACE,
    POD_NAME: 'operator',
    IMAGES_FILE: file('images.json'),
    CRDS_FOLDER,
    PROBE_PORT: '19100',
    LOG_LEVEL: 'debug',
  }
  const child = spawn(process.execPath, ['--enable-source-maps', ENTRY], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child, 'spawn')
  const pid = child.pid as number
  const reconcilesMs: number[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { durationMs } = JSON.parse(line)
    if (durationMs !== undefined) reconcilesMs.push(durationMs)
  })
  let peakBytes = 0
  const sampling = setInterval(() => {
    if (child.exitCode === null) peakBytes = Math.max(peakBytes, readResidentBytes(pid))
  }, SAMPLE_MS)
  return {
    pid,
    reconcilesMs,
    peakBytes: () => peakBytes,
    [Symbol.asyncDispose]: async () => {
      clearInterval(sampling)
      if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
