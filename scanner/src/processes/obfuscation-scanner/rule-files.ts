import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { GuardError, messageOf, namesIn } from '@guardimesh/kit'

/** Rules as text, by file. */
export interface RuleFile {
  readonly name: string
  readonly source: string
}

const MAX_FILES = 1000
const MAX_FILE_BYTES = 8 * MIB_BYTES

/**
 * Reads the YARA rules of a generation, in the order of their names. No folder means no rules.
 *
 * @throws GuardError SIGNATURES_INVALID when there are too many, one is too large or cannot be read.
 */
export async function readRuleFiles(folder: string): Promise<RuleFile[]> {
  const names = (await namesIn(folder)).filter((name) => /\.yara?$/.test(name)).sort()
  if (names.length > MAX_FILES) throw new GuardError('SIGNATURES_INVALID', `${names.length} rule files, at most ${MAX_FILES} are taken`)
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      try {
        const { size } = await stat(path)
        if (size > MAX_FILE_BYTES) throw new Error(`it has ${size} bytes, at most ${MAX_FILE_BYTES} are taken`)
        return { name, source: await readFile(path, 'utf8') }
      } catch (error) {
        throw new GuardError('SIGNATURES_INVALID', `the rule file ${name} cannot be used: ${messageOf(error)}`)
      }
    }),
  )
}
