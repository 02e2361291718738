import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { namesIn } from '@guardimesh/kit'

const FILE = 'reported-findings.bin'
/** Version 0.1.0 had another word in this name. */
const EARLIER_FILE = /^[a-z]+-findings\.bin$/

/** Returns the path of the deduplication memory. A file of version 0.1.0 is renamed, so that an upgrade does not report its findings again. */
export async function findFindingMemory(stateFolder: string): Promise<string> {
  const names = await namesIn(stateFolder)
  const earlier = names.find((name) => EARLIER_FILE.test(name))
  if (earlier && !names.includes(FILE)) await rename(join(stateFolder, earlier), join(stateFolder, FILE))
  return join(stateFolder, FILE)
}
