import { closeSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { Server, Socket } from 'node:net'
import { addAbortSignal } from 'node:stream'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { checkPeer, GuardError, type Logger, listenOn, type PeerCheck, readBounded, sleep } from '@guardimesh/kit'
import { receiveDescriptor } from './descriptor-channel.js'
import { KernelError } from './libc.js'
import { connectUnix, sendDescriptor } from './unix-descriptor.js'

/** Any byte: the kernel passes no descriptor without data. */
const CARRIER = Buffer.of(0)
/** Clients send the descriptor as soon as they are connected. */
const RECEIVE_TIMEOUT_MS = SECOND_MS
const RECEIVE_INTERVAL_MS = 2
/** Each waits for the one before it, and holds a file open. */
const MAX_CONNECTIONS = 8

export interface DescriptorServerOptions {
  readonly socketPath: string
  readonly maxBytes: number
  /** Checks each client before anything is received from it. */
  readonly checkPeer: PeerCheck
  /** Returns the response. The descriptor is closed afterwards. */
  readonly handle: (fd: number, request: Buffer) => Promise<Uint8Array>
  readonly log: Logger
}

/**
 * Serves requests about open files on a Unix socket that only its owner and group can open. A connection is one request: a descriptor, then a
 * message up to the end of the stream; the response likewise. Close the server to stop.
 */
export async function serveDescriptorRequests(options: DescriptorServerOptions): Promise<Server> {
  // Node itself would discard the descriptor when it reads the first bytes.
  const server = new Server({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => void serveRequest(socket, options))
  server.maxConnections = MAX_CONNECTIONS
  await listenOn(server, { socketPath: options.socketPath })
  await chmod(options.socketPath, 0o660)
  return server
}

async function serveRequest(socket: Socket, { checkPeer: check, handle, maxBytes, log }: DescriptorServerOptions): Promise<void> {
  socket.on('error', (error) => log.warn({ error }, 'connection failed'))
  try {
    checkPeer(socket, check)
    const fd = await receiveFrom(socket)
    try {
      socket.end(await handle(fd, await readBounded(socket, maxBytes)))
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    socket.destroy(error as Error)
  }
}

/** @throws GuardError PEER_DISCONNECTED, KernelError EAGAIN when the client sends nothing. */
async function receiveFrom(socket: Socket): Promise<number> {
  const deadlineMs = performance.now() + RECEIVE_TIMEOUT_MS
  for (;;) {
    let fd: number | undefined
    try {
      checkPeer(socket, (socketFd) => {
        fd = receiveDescriptor(socketFd)
      })
    } catch (error) {
      const isEarly = error instanceof KernelError && error.errno === 'EAGAIN' && performance.now() < deadlineMs
      if (!isEarly) throw error
    }
    if (fd !== undefined) return fd
    await sleep(RECEIVE_INTERVAL_MS)
  }
}

export interface DescriptorClientOptions {
  readonly socketPath: string
  /** Checks the server before anything is sent to it. */
  readonly checkPeer: PeerCheck
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/**
 * Sends an open file and a message to the server of the socket. The descriptor may be closed as soon as the promise is returned.
 *
 * @throws GuardError ENGINE_TIMEOUT; KernelError and system errors of the connection; errors of the check; an AbortError.
 */
export async function askAboutDescriptor(options: DescriptorClientOptions, fd: number, request: Uint8Array): Promise<Buffer> {
  const { socketPath, timeoutMs, maxBytes, signal } = options
  const socket = addAbortSignal(signal, connectWithDescriptor(options, fd))
  const timer = setTimeout(
    () => socket.destroy(new GuardError('ENGINE_TIMEOUT', `${socketPath} did not respond within ${timeoutMs} ms`, { timeoutMs })),
    timeoutMs,
  )
  try {
    socket.end(request)
    return await readBounded(socket, maxBytes)
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}

function connectWithDescriptor({ socketPath, checkPeer: check }: DescriptorClientOptions, fd: number): Socket {
  const socketFd = connectUnix(socketPath)
  try {
    check(socketFd)
    sendDescriptor(socketFd, fd, CARRIER)
    return new Socket({ fd: socketFd, readable: true, writable: true, allowHalfOpen: true })
  } catch (error) {
    closeSync(socketFd)
    throw error
  }
}
