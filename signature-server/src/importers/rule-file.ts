import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { MIB_BYTES } from '@guardimesh/contracts'
import { refusal } from '../refusal.js'
import { verifyCompiles } from './compile-rules.js'
import { countLines, isRuleStart } from './count-lines.js'
import type { Importer } from './importer.js'

/** The obfuscation scanner takes no larger ones. */
const MAX_BYTES = 8 * MIB_BYTES

/** Proves that a file has YARA rules that the obfuscation scanner can use: it compiles each file by itself, with the same YARA-X. */
export const ruleImporter: Importer = {
  async prove({ name, path, sizeBytes }, signal) {
    if (sizeBytes > MAX_BYTES) throw refusal('size', `${name} has ${sizeBytes} bytes; a rule file may have ${MAX_BYTES}. Divide it.`)
    if (!isUtf8(await readFile(path)))
      throw refusal('rules', `${name} is not text in UTF-8. YARA rules are needed as source, not compiled.`)
    const signatures = await countLines(path, isRuleStart)
    if (signatures === 0) throw refusal('rules', `${name} has no YARA rule in it.`)
    await verifyCompiles({ name, path }, signal)
    return { signatures }
  },
}
