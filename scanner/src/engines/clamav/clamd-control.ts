import { connect, type Socket } from 'node:net'
import { backoffMs, GuardError, messageOf, sleep } from '@guardimesh/kit'
import { memoryOfStats } from './clamd-memory.js'
import { parseAnswer } from './clamd-protocol.js'
import { buildGenerationCanary } from './generation-canary.js'

/** Where clamd listens. */
export type ClamdAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number }

/** Answers to commands are short; `STATS` is the longest with a few lines per thread. */
const MAX_ANSWER_BYTES = 256 * 1024
const READY_BACKOFF = { firstMs: 100, maxMs: 2000 }

/** Commands to clamd that are not about a node's files. Each uses a connection of its own. */
export class ClamdControl {
  readonly #address: ClamdAddress
  readonly #timeoutMs: number

  /** @param timeoutMs clamd answers commands at once, but stands still at the end of a reload that is not concurrent. */
  constructor(address: ClamdAddress, timeoutMs = 5000) {
    this.#address = address
    this.#timeoutMs = timeoutMs
  }

  /** @throws GuardError ENGINE_UNAVAILABLE, ENGINE_TIMEOUT or ENGINE_ERROR, as every method here. */
  async ping(): Promise<void> {
    const answer = await this.#ask('zPING\0')
    if (answer !== 'PONG') throw new GuardError('ENGINE_ERROR', `clamd answered a PING with: ${answer.slice(0, 100)}`)
  }

  /** Engine and, with official databases, theirs: "ClamAV 1.4.6/27800/Sat Nov 21 …". At most 128 characters. */
  async version(): Promise<string> {
    const answer = await this.#ask('zVERSION\0')
    return answer.replace(/[^ -~]/g, '?').slice(0, 128)
  }

  /** Asks for a reload. It goes on after this; `servesGeneration` tells when it is done. */
  async reload(): Promise<void> {
    const answer = await this.#ask('zRELOAD\0')
    if (answer !== 'RELOADING') throw new GuardError('ENGINE_ERROR', `clamd answered a RELOAD with: ${answer.slice(0, 100)}`)
  }

  /** Asks it to end when the scans under way are done; whoever runs it starts it again. */
  async shutDown(): Promise<void> {
    await this.#ask('zSHUTDOWN\0', true)
  }

  /** Memory that it has, bytes; undefined when it does not tell. See `memoryOfStats`. */
  async memoryBytes(): Promise<number | undefined> {
    return memoryOfStats(await this.stats())
  }

  /** State, threads and queue as text. */
  async stats(): Promise<string> {
    return this.#ask('zSTATS\0')
  }

  /** True when clamd has loaded this generation: it finds the canary, whose signature only this generation has. */
  async servesGeneration(generation: string): Promise<boolean> {
    const { content, signatureName } = buildGenerationCanary(generation)
    const size = Buffer.alloc(4)
    size.writeUInt32BE(content.length)
    const request = Buffer.concat([Buffer.from('zINSTREAM\0'), size, content, Buffer.alloc(4)])
    const answer = parseAnswer(await this.#ask(request))
    // Databases without ClamAV's own signature have ".UNOFFICIAL" appended to their names.
    return answer.kind === 'found' && answer.signatureName.startsWith(signatureName)
  }

  /** Waits until clamd answers. Returns early when the signal is aborted. */
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        return await this.ping()
      } catch {
        await sleep(backoffMs(failures, READY_BACKOFF), signal)
      }
    }
  }

  #ask(request: string | Buffer, isSilent = false): Promise<string> {
    const timeoutMs = this.#timeoutMs
    return new Promise((resolve, reject) => {
      const socket = this.#connect()
      const chunks: Buffer[] = []
      let bytes = 0
      const fail = (error: GuardError) => {
        socket.destroy()
        reject(error)
      }
      socket.setTimeout(timeoutMs, () => fail(new GuardError('ENGINE_TIMEOUT', `clamd gave no answer in ${timeoutMs} ms`, { timeoutMs })))
      socket.on('error', (error) => fail(new GuardError('ENGINE_UNAVAILABLE', `clamd cannot be reached: ${messageOf(error)}`)))
      socket.on('data', (chunk) => {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes > MAX_ANSWER_BYTES) fail(new GuardError('ENGINE_ERROR', `clamd's answer has more than ${MAX_ANSWER_BYTES} bytes`))
      })
      // clamd closes after its answer; when it dies, there is an end without an answer, as after a SHUTDOWN.
      socket.on('end', () => {
        if (bytes === 0 && !isSilent) return fail(new GuardError('ENGINE_UNAVAILABLE', 'clamd closed the connection without an answer'))
        socket.destroy()
        resolve(Buffer.concat(chunks).toString('latin1').replace(/\0$/, '').trim())
      })
      socket.write(request)
    })
  }

  #connect(): Socket {
    return 'socketPath' in this.#address ? connect(this.#address.socketPath) : connect(this.#address.port, this.#address.host)
  }
}
