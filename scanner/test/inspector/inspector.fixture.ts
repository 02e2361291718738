import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { messages } from '@guardimesh/contracts'
import { UnixSocketClient } from '@guardimesh/kit'

type Change = ReturnType<typeof messages.ContainerChange.decode>

/** The built inspector as a process, with a client for its socket. */
export class InspectorProcess implements AsyncDisposable {
  readonly runFolder = mkdtempSync(join(tmpdir(), 'gm-insp-'))
  readonly client = new UnixSocketClient({
    socketPath: join(this.runFolder, 'inspector.sock'),
    request: messages.InspectorRequest,
    answer: messages.InspectorResponse,
    timeoutMs: 5_000,
  })
  readonly #endpoint: string
  #child: ChildProcess

  constructor(endpoint: string) {
    this.#endpoint = endpoint
    this.#child = this.#spawn()
  }

  #spawn(): ChildProcess {
    const main = resolve(import.meta.dirname, '../../dist/processes/inspector/main.js')
    const env = { ...process.env, RUN_FOLDER: this.runFolder, HOST_ROOT: '/', RUNTIME_ENDPOINT: this.#endpoint, LOG_LEVEL: 'fatal' }
    return spawn(process.execPath, [main], { env, stdio: 'inherit' })
  }

  get pid(): number {
    return this.#child.pid as number
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await once(this.#child, 'exit')
  }

  restart(): void {
    this.#child = this.#spawn()
  }

  /** Stops the process with SIGTERM. @returns its exit code. */
  async terminate(): Promise<number | null> {
    this.#child.kill('SIGTERM')
    if (this.#child.exitCode === null) await once(this.#child, 'exit')
    return this.#child.exitCode
  }

  /** Collects changes until the signal is aborted. */
  watch(signal: AbortSignal): Change[] {
    const changes: Change[] = []
    this.client
      .stream(
        { watchContainers: {} },
        (answer) => {
          if (answer.change) changes.push(answer.change as Change)
          return true
        },
        signal,
      )
      .catch(() => undefined)
    return changes
  }

  async probe(path: string): Promise<{ status: number; body: string }> {
    const response = await new Promise<import('node:http').IncomingMessage>((done, fail) => {
      request({ socketPath: join(this.runFolder, 'inspector.probe.sock'), path }, done)
        .once('error', fail)
        .end()
    })
    let body = ''
    for await (const chunk of response) body += chunk
    return { status: response.statusCode ?? 0, body }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client[Symbol.dispose]()
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.kill()
    rmSync(this.runFolder, { recursive: true, force: true })
  }
}

/** Retries until `read` returns a value. @throws the last error after 15 seconds. */
export async function eventually<Value>(
  read: () => Promise<Value | null | undefined> | Value | null | undefined,
): Promise<NonNullable<Value>> {
  let last: unknown = new Error('timeout: no value')
  for (const endMs = Date.now() + 15_000; Date.now() < endMs; await wait(20)) {
    try {
      const value = await read()
      if (value !== undefined && value !== null && value !== false) return value
    } catch (error) {
      last = error
    }
  }
  throw last
}
