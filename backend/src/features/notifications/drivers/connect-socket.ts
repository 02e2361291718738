import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Transport } from './channel-driver.js'
import { type Attempt, tlsOptions, watchPhases } from './run-attempt.js'

interface Receiver {
  readonly host: string
  readonly port: number
  readonly isTls: boolean
}

/** Connects to a receiver within the rules of addresses. The signal of the attempt destroys the connection. */
export function connectSocket({ host, port, isTls }: Receiver, transport: Transport, { signal, onPhase }: Attempt): Promise<Socket> {
  const { lookup } = transport.addresses
  const target = { host, port, lookup }
  const servername = isIP(host) === 0 ? { servername: host } : {}
  const socket = isTls ? connectTls({ ...target, ...servername, ...tlsOptions(transport) }) : connectTcp(target)
  watchPhases(socket, isTls, onPhase)
  const abort = () => void socket.destroy(new Error('the attempt was aborted'))
  signal.addEventListener('abort', abort, { once: true })
  socket.once('close', () => signal.removeEventListener('abort', abort))
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', () => reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' })))
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
