import { refusal } from '../refusal.js'
import { countLines, isSignatureLine } from './count-lines.js'
import type { Importer } from './importer.js'
import { verifyClamRules } from './verify-clam-rules.js'

/** Formats with one signature per line; others contain exceptions, settings or multi-line signatures. */
const ONE_PER_LINE = /\.(cdb|crb|gdb|hdb|hsb|hdu|hsu|idb|imp|ldb|ldu|mdb|mdu|msb|msu|ndb|ndu|pdb)$/

/** Accepts loose databases without validation; the test load shows whether ClamAV can load them. */
export const looseImporter: Importer = {
  async verify({ name, path, sizeBytes }) {
    requireContent(name, sizeBytes)
    return countSignatures(name, path)
  },
}

/** Counts the signatures of a loose database; no count for formats without one signature per line. */
export async function countSignatures(name: string, path: string): Promise<{ signatures?: number }> {
  return ONE_PER_LINE.test(name) ? { signatures: await countLines(path, isSignatureLine) } : {}
}

/** Verifies YARA rules that ClamAV loads itself, because on nodes it skips invalid rules without an error. */
export const clamRuleImporter: Importer = {
  async verify({ name, path, sizeBytes }, signal) {
    requireContent(name, sizeBytes)
    return { signatures: await verifyClamRules({ name, path }, signal) }
  },
}

function requireContent(name: string, sizeBytes: number): void {
  if (sizeBytes === 0) throw refusal('size', `${name} is empty. Copy the complete file again.`)
}
