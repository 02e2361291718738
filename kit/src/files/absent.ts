import { readdir, stat } from 'node:fs/promises'
import { systemCodeOf } from '../errors/guard-error.js'

/** Names in a folder; none when it is missing. */
export function namesIn(folder: string): Promise<string[]> {
  return unlessMissing(readdir(folder), [])
}

/** Size of a file in bytes; 0 when it is missing. */
export async function sizeOf(path: string): Promise<number> {
  return (await unlessMissing(stat(path), undefined))?.size ?? 0
}

/** What a file system call gives, or something else where there is no such file. Any other error is thrown. */
export async function unlessMissing<Found, Missing>(call: Promise<Found>, missing: Missing): Promise<Found | Missing> {
  try {
    return await call
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return missing
    throw error
  }
}
