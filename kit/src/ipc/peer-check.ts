import type { Socket } from 'node:net'
import { GuardError } from '../errors/guard-error.js'

/**
 * Checks the process at the other end of a connected Unix socket, given the descriptor of our end. Node does not provide its credentials.
 *
 * @throws GuardError when the peer is not the expected one.
 */
export type PeerCheck = (descriptor: number) => void

/** Checks the peer of a connected socket. @throws GuardError of the check, and PEER_DISCONNECTED when the socket is already closed. */
export function checkPeer(socket: Socket, check: PeerCheck | undefined): void {
  if (!check) return
  // Node has no public API for the descriptor of a socket.
  const descriptor = (socket as { readonly _handle?: { readonly fd?: number } | null })._handle?.fd
  if (descriptor === undefined || descriptor < 0) throw new GuardError('PEER_DISCONNECTED', 'the peer closed the connection')
  check(descriptor)
}
