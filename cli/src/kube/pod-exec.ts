import { PassThrough, type Readable, type Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { messageOf, sleep } from '@guardimesh/kit'
import { Exec, type V1Status } from '@kubernetes/client-node'
import { CommandError } from '../command-error.js'
import type { KubeClient } from './kube-client.js'

/** Maximum buffered data in each direction, beyond which the other side is paused. */
const WAITING_MAX_BYTES = 4 * 1024 * 1024
const POLL_INTERVAL_MS = 20
/** Only the end of standard error is kept. */
const STDERR_MAX_LENGTH = 4_000

export interface PodCommand {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  readonly command: readonly string[]
  /**
   * The command must detect the end of its input itself: servers before Kubernetes 1.30 cannot signal it. And it must end its errors with
   * FAILED_MARK.
   */
  readonly stdin?: Readable
  /** Receives standard output. Default: it is returned. */
  readonly stdout?: Writable
}

/** The used part of a WebSocket. */
interface Socket {
  readonly bufferedAmount: number
  pause(): void
  resume(): void
  close(): void
  terminate(): void
  on(event: 'close', listener: () => void): unknown
}

/**
 * Last line on standard error of a failed command with input. Needed because Kubernetes does not report the exit status of a command while input
 * waits for it (seen with Kubernetes 1.34 and containerd 1.6).
 */
export const FAILED_MARK = 'guardimesh-command-failed'

/**
 * Runs a command in a container, with bounded memory in both directions.
 *
 * @returns its standard output, unless `stdout` receives it.
 * @throws CommandError with its standard error when it fails or the connection breaks.
 */
export async function execInPod(client: KubeClient, { namespace, pod, container, command, stdin, stdout }: PodCommand): Promise<string> {
  const input = stdin ? new PassThrough() : null
  const output = new PassThrough({ highWaterMark: WAITING_MAX_BYTES })
  const errors = new PassThrough({ encoding: 'utf8' })
  const printed = stdout ? pipeline(output, stdout).then(() => Buffer.alloc(0)) : buffer(output)
  let status: V1Status | undefined
  let stderr = ''
  const failure = (why: string) => new CommandError(`${why}${stderr && `: ${stderr.replace(FAILED_MARK, '').trim()}`}`)
  const onStatus = (answer: V1Status) => {
    status = answer
  }
  const exec = new Exec(client.config)
  const opened = exec.exec(namespace, pod, container, [...command], output, errors, input, false, onStatus)
  const socket = await opened.then(asSocket, (error: unknown) => {
    printed.catch(() => undefined)
    output.destroy()
    throw new CommandError(`Failed to run a command in the pod ${pod}: ${messageOf(error) || refusalIn(error)}.`, { cause: error })
  })
  applyBackpressure(socket, output)
  errors.on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_MAX_LENGTH)
    if (stderr.includes(FAILED_MARK)) output.destroy(failure(`A command in the pod ${pod} failed`))
  })
  // The library ends the streams with the status; if the connection breaks earlier, they would remain open.
  socket.on('close', () => status ?? output.destroy(failure(`The connection to the pod ${pod} was lost`)))
  if (stdin && input)
    feed(socket, stdin, input, () => output.destroyed || status !== undefined).catch((error: Error) => output.destroy(error))
  try {
    const result = await printed
    if (status?.status === 'Success') return result.toString('utf8')
    throw failure(`${command[0]} in the pod ${pod} failed (${status?.message ?? 'no reason given'})`)
  } finally {
    // A server that does not report the end of a command also ignores a close frame.
    if (status) socket.close()
    else socket.terminate()
  }
}

function asSocket(socket: unknown): Socket {
  return socket as Socket
}

/** The library ignores the buffer limit of the stream when it writes. */
function applyBackpressure(socket: Socket, output: PassThrough): void {
  const write = output.write.bind(output) as (chunk: Buffer) => boolean
  output.write = ((chunk: Buffer) => {
    if (output.destroyed) return false
    const hasRoom = write(chunk)
    if (!hasRoom) socket.pause()
    return hasRoom
  }) as typeof output.write
  output.on('drain', () => socket.resume())
}

async function feed(socket: Socket, stdin: Readable, input: PassThrough, isOver: () => boolean): Promise<void> {
  for await (const chunk of stdin) {
    while (socket.bufferedAmount > WAITING_MAX_BYTES && !isOver()) await sleep(POLL_INTERVAL_MS)
    if (isOver()) return
    input.write(chunk)
  }
}

/** A rejected WebSocket is reported as an event, not as an Error. */
function refusalIn(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'the connection was refused'
}
