import type { ClientRequest } from 'node:http'

/**
 * Fails a request whose answer is 101 Switching Protocols, which nobody asked for. Node only closes the connection then, without any event of the
 * request, so its promise would never settle, not even after the deadline.
 */
export function refuseUpgrade(request: ClientRequest): void {
  request.once('upgrade', (_, socket) => {
    socket.destroy()
    // The request counts as finished, so that `destroy` would not emit the error.
    request.emit('error', new Error('the server responded with 101 Switching Protocols'))
  })
}
