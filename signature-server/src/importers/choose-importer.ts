import type { SignatureKind } from '@guardimesh/kit'
import { containerImporter, isContainerName } from './container-database.js'
import type { Importer } from './importer.js'
import { looseImporter } from './loose-database.js'
import { ruleImporter } from './rule-file.js'

/** The importer for a file of that name in that folder. Pure. */
export function chooseImporter(kind: SignatureKind, name: string): Importer {
  if (kind === 'yara') return ruleImporter
  return isContainerName(name) ? containerImporter : looseImporter
}
