import { connect, type Socket } from 'node:net'

const HEAD = 'POST /login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4000\r\n\r\n{"email":"'

/** Opens a connection and sends the first bytes of a login, which could have 4,000 bytes. The answer is discarded. */
export function halfSendLogin(url: string): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname).on('error', () => undefined)
  socket.resume().write(HEAD)
  return socket
}
