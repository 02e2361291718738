import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileStat, statOpened } from '../../../node/file-stat.js'
import { CANARY_NAME } from './canary-file.js'

/** An open file that ends with its descriptor. */
export interface OpenedCanary extends Disposable {
  readonly fd: number
  readonly stat: FileStat
}

/** Opens a file without a name, which no scan of a container finds. @throws the system's error. */
export function openTemporaryFile(content: Buffer): OpenedCanary {
  const path = join(tmpdir(), `${process.pid}-${CANARY_NAME}`)
  rmSync(path, { force: true })
  const fd = openSync(path, 'wx+')
  try {
    rmSync(path)
    writeSync(fd, content)
    return { fd, stat: statOpened(fd), [Symbol.dispose]: () => closeSync(fd) }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}
