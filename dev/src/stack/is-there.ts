import { access } from 'node:fs/promises'
import { systemCodeOf } from '@guardimesh/kit'

/** Whether a path exists. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false
    throw error
  }
}
