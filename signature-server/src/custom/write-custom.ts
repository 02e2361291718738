import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CustomSignatures } from '@guardimesh/contracts'
import { withoutByteOrderMark } from '@guardimesh/kit'
import { fingerprint, SIGNATURE_FILE_MODE, type SignatureFile } from '@guardimesh/signature-format'
import { ruleImporter } from '../importers/rule-file.js'
import { customDatabases } from './custom-lines.js'

/**
 * Writes the custom signatures into a draft: `clamav/guardimesh-custom.*` and `yara/custom-*.yar`.
 *
 * @returns their manifest entries.
 * @throws the refusal of a rule that does not compile.
 */
export async function writeCustom(draft: string, custom: CustomSignatures, signal: AbortSignal): Promise<SignatureFile[]> {
  const files: SignatureFile[] = []
  const write = async (path: string, content: string) => {
    await writeFile(join(draft, path), content, { mode: SIGNATURE_FILE_MODE, flag: 'wx', flush: true })
    return { path, ...(await fingerprint(join(draft, path))) }
  }
  for (const [ending, content] of customDatabases(custom)) {
    const isDetecting = ending === 'hsb' || ending === 'hdb'
    const file = await write(`clamav/guardimesh-custom.${ending}`, content)
    files.push({ ...file, ...(isDetecting && { signatures: content.split('\n').length - 1 }) })
  }
  for (const { name, text } of custom.rules) {
    const file = await write(`yara/custom-${name}.yar`, withoutByteOrderMark(text))
    const imported = { name: `custom-${name}.yar`, path: join(draft, file.path), sizeBytes: file.sizeBytes }
    files.push({ ...file, ...(await ruleImporter.verify({ ...imported, md5AfterHeader: '', isDowngradeAllowed: false }, signal)) })
  }
  return files
}
