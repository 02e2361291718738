import { importFormOf, type SignatureKind } from '@guardimesh/signature-format'
import { containerImporter } from './container-database.js'
import type { Importer } from './importer.js'
import { clamRuleImporter, looseImporter } from './loose-database.js'
import { ruleImporter } from './rule-file.js'

/** Chooses the importer by kind and file name. Pure. */
export function chooseImporter(kind: SignatureKind, name: string): Importer {
  if (kind === 'yara') return ruleImporter
  if (importFormOf(kind, name) === 'container') return containerImporter
  return /\.yara?$/.test(name) ? clamRuleImporter : looseImporter
}
