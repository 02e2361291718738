import { refusal } from '../refusal.js'
import { countLines, isSignatureLine } from './count-lines.js'
import type { Importer } from './importer.js'
import { verifyClamRules } from './verify-clam-rules.js'

/** Forms with one signature a line; the others hold exceptions, settings or several lines for one. */
const ONE_A_LINE = /\.(cdb|crb|gdb|hdb|hsb|hdu|hsu|idb|imp|ldb|ldu|mdb|mdu|msb|msu|ndb|ndu|pdb)$/

/** Takes loose databases as they are; the test load tells whether ClamAV understands them. */
export const looseImporter: Importer = {
  async prove({ name, path, sizeBytes }) {
    requireContent(name, sizeBytes)
    return countSignatures(name, path)
  },
}

/** How many signatures a loose database has; nothing for forms that do not have one in each line. */
export async function countSignatures(name: string, path: string): Promise<{ signatures?: number }> {
  return ONE_A_LINE.test(name) ? { signatures: await countLines(path, isSignatureLine) } : {}
}

/** Proves YARA rules that ClamAV loads itself: it would only leave out those that are broken, and say nothing on the nodes. */
export const clamRuleImporter: Importer = {
  async prove({ name, path, sizeBytes }, signal) {
    requireContent(name, sizeBytes)
    return { signatures: await verifyClamRules({ name, path }, signal) }
  },
}

function requireContent(name: string, sizeBytes: number): void {
  if (sizeBytes === 0) throw refusal('size', `${name} is empty. Copy it again, whole.`)
}
