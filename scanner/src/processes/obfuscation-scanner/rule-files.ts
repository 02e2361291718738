import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { GuardError, messageOf, namesIn } from '@guardimesh/kit'
import type { YaraSource } from '@guardimesh/signature-format'

const MAX_FILES = 1000
const MAX_FILE_BYTES = 8 * MIB_BYTES

/**
 * Reads the YARA rule files of a generation, sorted by name. A missing folder means no rules.
 *
 * @throws GuardError SIGNATURES_INVALID when there are too many files, or a file is too large or unreadable.
 */
export async function readRuleFiles(folder: string): Promise<YaraSource[]> {
  const names = (await namesIn(folder)).filter((name) => /\.yara?$/.test(name)).sort()
  if (names.length > MAX_FILES) throw new GuardError('SIGNATURES_INVALID', `${names.length} rule files, the maximum is ${MAX_FILES}`)
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      try {
        const { size } = await stat(path)
        if (size > MAX_FILE_BYTES) throw new Error(`it has ${size} bytes, the maximum is ${MAX_FILE_BYTES}`)
        return { name, source: await readFile(path, 'utf8') }
      } catch (error) {
        throw new GuardError('SIGNATURES_INVALID', `invalid rule file ${name}: ${messageOf(error)}`)
      }
    }),
  )
}
