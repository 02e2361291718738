import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import { CRDS_FOLDER } from './install-crds.js'
import { anImageTable } from './running-operator.js'

const ENTRY = join(import.meta.dirname, '../dist/main.js')

/** The operator as in its pod: the compiled entry point in a separate process, configured by its environment. */
export class OperatorProcess implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #folder: string
  readonly #port: number
  log = ''

  private constructor(child: ChildProcess, folder: string, port: number) {
    this.#child = child
    this.#folder = folder
    this.#port = port
    child.stdout?.on('data', (text) => (this.log += text))
    child.stderr?.on('data', (text) => (this.log += text))
  }

  static async start(config: KubeConfig, namespace: string, podName: string): Promise<OperatorProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'operator-'))
    const port = await freePort()
    await writeFile(join(folder, 'config.json'), config.exportConfig())
    await writeFile(join(folder, 'images.json'), JSON.stringify(anImageTable()))
    const env = {
      PATH: process.env.PATH,
      KUBECONFIG: join(folder, 'config.json'),
      WATCH_NAMESPACE: namespace,
      POD_NAME: podName,
      IMAGES_FILE: join(folder, 'images.json'),
      CRDS_FOLDER,
      PROBE_PORT: String(port),
    }
    const child = spawn(process.execPath, ['--enable-source-maps', ENTRY], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    await once(child, 'spawn')
    return new OperatorProcess(child, folder, port)
  }

  /** Body of a probe or metrics response; empty while the port is closed. */
  async fetchText(path: '/livez' | '/readyz' | '/metrics'): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`).catch(() => undefined)
    return (await response?.text()) ?? ''
  }

  async isLeader(): Promise<boolean> {
    return /^guardimesh_operator_leader 1$/m.test(await this.fetchText('/metrics'))
  }

  /** Stops the process. @returns its exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit')
      this.#child.kill(signal)
      await exited
    }
    return this.#child.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL')
    await rm(this.#folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
