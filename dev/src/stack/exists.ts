import { access } from 'node:fs/promises'
import { unlessMissing } from '@guardimesh/kit'

/** Whether a path exists. */
export function exists(path: string): Promise<boolean> {
  const found = access(path).then(() => true)
  return unlessMissing(found, false)
}
