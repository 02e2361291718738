import { connect, type Socket } from 'node:net'
import { checkPeer, GuardError, messageOf } from '@guardimesh/kit'
import { requirePeerUid } from '../../node/peer-credentials.js'
import { memoryOfStats } from './clamd-memory.js'
import { parseAnswer } from './clamd-protocol.js'
import { buildGenerationCanary } from './generation-canary.js'

/** Address that clamd listens on. A Unix socket is used only if clamd runs as `serverUid`; undefined: any user. */
export type ClamdAddress =
  | { readonly socketPath: string; readonly serverUid?: number | undefined }
  | { readonly host: string; readonly port: number }

/** Maximum size of an answer. `STATS` is the longest, with a few lines per thread. */
const MAX_ANSWER_BYTES = 256 * 1024

/** Client for clamd's commands that are not about files of the node. Each command uses its own connection. */
export class ClamdControl {
  readonly #address: ClamdAddress
  readonly #timeoutMs: number

  /** @param timeoutMs clamd answers commands immediately, except at the end of a sequential reload. */
  constructor(address: ClamdAddress, timeoutMs = 5000) {
    this.#address = address
    this.#timeoutMs = timeoutMs
  }

  /** @throws GuardError ENGINE_UNAVAILABLE, ENGINE_TIMEOUT or ENGINE_ERROR, like every method of this class. */
  async ping(timeoutMs = this.#timeoutMs): Promise<void> {
    const answer = await this.#send('zPING\0', { timeoutMs })
    if (answer !== 'PONG') throw new GuardError('ENGINE_ERROR', `unexpected answer of clamd to PING: ${answer.slice(0, 100)}`)
  }

  /** Returns the version of the engine and, if loaded, of the official databases: "ClamAV 1.4.6/27800/Sat Nov 21 …". Maximum 128 characters. */
  async version(): Promise<string> {
    const answer = await this.#send('zVERSION\0')
    return answer.replace(/[^ -~]/g, '?').slice(0, 128)
  }

  /** Starts a reload, which continues in the background. `servesGeneration` returns true once it is done. */
  async reload(): Promise<void> {
    const answer = await this.#send('zRELOAD\0')
    if (answer !== 'RELOADING') throw new GuardError('ENGINE_ERROR', `unexpected answer of clamd to RELOAD: ${answer.slice(0, 100)}`)
  }

  /** Shuts clamd down after its current scans. Its supervisor restarts it. */
  async shutDown(): Promise<void> {
    await this.#send('zSHUTDOWN\0', { mayBeEmpty: true })
  }

  /** Returns the memory of clamd in bytes; undefined when clamd does not report it. See `memoryOfStats`. */
  async memoryBytes(): Promise<number | undefined> {
    return memoryOfStats(await this.stats())
  }

  /** Returns state, threads and queue as text. */
  async stats(): Promise<string> {
    return this.#send('zSTATS\0')
  }

  /** True when clamd has loaded this generation: it detects the canary, whose signature only this generation contains. */
  async servesGeneration(generation: string): Promise<boolean> {
    const { content, signatureName } = buildGenerationCanary(generation)
    const size = Buffer.alloc(4)
    size.writeUInt32BE(content.length)
    const request = Buffer.concat([Buffer.from('zINSTREAM\0'), size, content, Buffer.alloc(4)])
    const answer = parseAnswer(await this.#send(request))
    // Databases without ClamAV's own signature have ".UNOFFICIAL" appended to their names.
    return answer.kind === 'found' && answer.signatureName.startsWith(signatureName)
  }

  #send(request: string | Buffer, { mayBeEmpty = false, timeoutMs = this.#timeoutMs } = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = this.#connect()
      const chunks: Buffer[] = []
      let bytes = 0
      const fail = (error: GuardError) => {
        socket.destroy()
        reject(error)
      }
      socket.setTimeout(timeoutMs, () =>
        fail(new GuardError('ENGINE_TIMEOUT', `timeout: no answer from clamd after ${timeoutMs} ms`, { timeoutMs })),
      )
      socket.on('error', (error) => fail(new GuardError('ENGINE_UNAVAILABLE', `connection to clamd failed: ${messageOf(error)}`)))
      socket.on('data', (chunk) => {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes > MAX_ANSWER_BYTES) fail(new GuardError('ENGINE_ERROR', `the answer of clamd has more than ${MAX_ANSWER_BYTES} bytes`))
      })
      // clamd closes the connection after its answer, and without one after SHUTDOWN or a crash.
      socket.on('end', () => {
        if (bytes === 0 && !mayBeEmpty) return fail(new GuardError('ENGINE_UNAVAILABLE', 'clamd closed the connection without an answer'))
        socket.destroy()
        resolve(Buffer.concat(chunks).toString('latin1').replace(/\0$/, '').trim())
      })
      socket.once('connect', () => {
        try {
          checkPeer(socket, this.#peerCheck)
          socket.write(request)
        } catch (error) {
          socket.destroy(error as Error)
        }
      })
    })
  }

  get #peerCheck() {
    return 'serverUid' in this.#address && this.#address.serverUid !== undefined ? requirePeerUid(this.#address.serverUid) : undefined
  }

  #connect(): Socket {
    return 'socketPath' in this.#address ? connect(this.#address.socketPath) : connect(this.#address.port, this.#address.host)
  }
}
