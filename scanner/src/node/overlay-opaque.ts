import { call } from './libc.js'

/** Names of the attribute: "user." in overlays that are mounted in a user namespace. Source: Documentation/filesystems/overlayfs.rst */
const NAMES = ['trusted.overlay.opaque', 'user.overlay.opaque'].map((name) => Buffer.from(`${name}\0`))
const OPAQUE = 0x79

/** True when an open folder of an overlay's layer hides the content of the same folder in lower layers. */
export function isOpaque(folderFd: number): boolean {
  const value = Buffer.alloc(1)
  // A missing attribute, and one that the file system does not support, are negative results.
  return NAMES.some((name) => call.fgetxattr(folderFd, name, value, value.length) === 1 && value[0] === OPAQUE)
}
