/** Limit of the kernel for the path of a Unix socket, without the final zero (unix(7)). */
const SOCKET_PATH_MAX_BYTES = 107

/** @throws Error when a path is too long for a Unix socket. */
export function requireSocketPath(path: string): void {
  if (Buffer.byteLength(path) > SOCKET_PATH_MAX_BYTES) throw new Error(`${path} is too long for a Unix socket: choose a shorter folder`)
}
