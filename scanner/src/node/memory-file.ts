import { closeSync, writeSync } from 'node:fs'
import type { OpenedFile } from './file-identity.js'
import { statOpened } from './file-stat.js'
import { call, KernelError } from './libc.js'

const NAME = Buffer.from('guardimesh\0')
const MFD_CLOEXEC = 1

/** Creates a file that exists in memory only, until it is closed. @param path for messages and rules. @throws KernelError. */
export function createMemoryFile(content: Uint8Array, path: Buffer): OpenedFile & Disposable {
  const fd = call.memfdCreate(NAME, MFD_CLOEXEC)
  if (fd < 0) throw new KernelError('memfd_create failed', 'unknown')
  try {
    for (let written = 0; written < content.length; ) written += writeSync(fd, content, written)
    return { fd, path, sizeBytes: content.length, identity: statOpened(fd).identity, [Symbol.dispose]: () => closeSync(fd) }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}
