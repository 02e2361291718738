import { countLines, isRuleStart, isSignatureLine } from './count-lines.js'
import type { Importer } from './importer.js'
import { refusal } from './refusal.js'

/** Forms with one signature a line; the others hold exceptions, settings or several lines for one. */
const ONE_A_LINE = /\.(cdb|crb|gdb|hdb|hsb|hdu|hsu|idb|imp|ldb|ldu|mdb|mdu|msb|msu|ndb|ndu|pdb)$/

/** Takes loose databases as they are; the test load tells whether ClamAV understands them. */
export const looseImporter: Importer = {
  async prove({ name, path, sizeBytes }) {
    if (sizeBytes === 0) throw refusal('size', `${name} is empty. Copy it again, whole.`)
    if (ONE_A_LINE.test(name)) return { signatures: await countLines(path, isSignatureLine) }
    return /\.yara?$/.test(name) ? { signatures: await countLines(path, isRuleStart) } : {}
  },
}
