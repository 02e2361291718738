import { readdir, stat } from 'node:fs/promises'
import { systemCodeOf } from '../errors/guard-error.js'

/** Lists the names in a folder; returns an empty list if the folder does not exist. */
export function namesIn(folder: string): Promise<string[]> {
  return unlessMissing(readdir(folder), [])
}

/** Returns the size of a file in bytes; 0 when it does not exist. */
export async function sizeOf(path: string): Promise<number> {
  return (await unlessMissing(stat(path), undefined))?.size ?? 0
}

/** Returns the result of a file system call, or `missing` when the file does not exist. Throws any other error. */
export async function unlessMissing<Found, Missing>(call: Promise<Found>, missing: Missing): Promise<Found | Missing> {
  try {
    return await call
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return missing
    throw error
  }
}
