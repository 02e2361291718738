import { refusal } from '../refusal.js'
import { countLines, isSignatureLine } from './count-lines.js'
import { countLoaded } from './count-loaded.js'
import type { Importer } from './importer.js'
import { loadAlone } from './load-alone.js'
import { verifyClamRules } from './verify-clam-rules.js'

/** Formats with one signature per line; others contain exceptions, settings or multi-line signatures. */
const ONE_PER_LINE = /\.(cdb|crb|gdb|hdb|hsb|hdu|hsu|idb|imp|ldb|ldu|mdb|mdu|msb|msu|ndb|ndu|pdb)$/

/** Accepts loose databases without validation, and counts what ClamAV loads; the test load shows whether it can load them together. */
export const looseImporter: Importer = {
  async verify({ name, path, sizeBytes, loadLimits }, signal) {
    requireContent(name, sizeBytes)
    if (!ONE_PER_LINE.test(name)) return {}
    return countLoaded({ name, path, loadLimits, declared: await countLines(path, isSignatureLine) }, signal)
  },
}

/** Counts the signatures of a derived database that ClamAV loads; no count for formats without one signature per line. */
export async function countSignatures(name: string, path: string, signal: AbortSignal): Promise<number | undefined> {
  if (!ONE_PER_LINE.test(name)) return undefined
  // The test load reports the reason of a failure.
  const { exitCode, overLimit, loaded } = await loadAlone(path, {}, signal)
  return exitCode === 0 && !overLimit && loaded !== undefined ? loaded : countLines(path, isSignatureLine)
}

/** Verifies YARA rules that ClamAV loads itself, because on nodes it skips invalid and unsupported rules without an error. */
export const clamRuleImporter: Importer = {
  async verify({ sizeBytes, ...file }, signal) {
    requireContent(file.name, sizeBytes)
    return verifyClamRules(file, signal)
  },
}

function requireContent(name: string, sizeBytes: number): void {
  if (sizeBytes === 0) throw refusal('size', `${name} is empty. Copy the complete file again.`)
}
