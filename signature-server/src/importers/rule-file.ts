import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { MIB_BYTES } from '@guardimesh/contracts'
import { refusal } from '../refusal.js'
import { verifyCompiles } from './compile-rules.js'
import { countLines, isRuleStart } from './count-lines.js'
import type { Importer } from './importer.js'

/** Maximum size of a rule file in the obfuscation scanner. */
const MAX_BYTES = 8 * MIB_BYTES

/** Verifies YARA rules for the obfuscation scanner, which compiles each file separately with the same version of YARA-X. */
export const ruleImporter: Importer = {
  async verify({ name, path, sizeBytes }, signal) {
    if (sizeBytes > MAX_BYTES) throw refusal('size', `${name} is too large: ${sizeBytes} bytes (maximum ${MAX_BYTES}). Split it.`)
    if (!isUtf8(await readFile(path))) throw refusal('rules', `${name} is not UTF-8 text. Import YARA rules as source, not compiled.`)
    const signatures = await countLines(path, isRuleStart)
    if (signatures === 0) throw refusal('rules', `${name} contains no YARA rule.`)
    await verifyCompiles({ name, path }, signal)
    return { signatures }
  },
}
