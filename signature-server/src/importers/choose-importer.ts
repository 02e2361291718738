import { importFormOf, type SignatureKind } from '@guardimesh/signature-format'
import { containerImporter } from './container-database.js'
import type { Importer } from './importer.js'
import { clamRuleImporter, looseImporter } from './loose-database.js'
import { ruleImporter } from './rule-file.js'

/** The importer for a database or rules of that name in that folder. Pure. */
export function chooseImporter(kind: SignatureKind, name: string): Importer {
  if (kind === 'yara') return ruleImporter
  if (importFormOf(kind, name) === 'container') return containerImporter
  return /\.yara?$/.test(name) ? clamRuleImporter : looseImporter
}
