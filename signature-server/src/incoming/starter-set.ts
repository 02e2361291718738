import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { namesIn } from '@guardimesh/kit'
import { isSignatureName, SIGNATURE_KINDS } from '@guardimesh/signature-format'
import type { Addition } from '../build/collect-sources.js'

/** The databases and rules that come with the image; none when the folder is missing. */
export async function readStarterSet(folder: string): Promise<Addition[]> {
  const additions: Addition[] = []
  for (const kind of SIGNATURE_KINDS) {
    for (const name of (await namesIn(join(folder, kind))).filter((name) => isSignatureName(kind, name))) {
      const sourcePath = join(folder, kind, name)
      additions.push({ kind, name, sourcePath, sizeBytes: (await stat(sourcePath)).size, mayBeOlder: false })
    }
  }
  return additions
}
