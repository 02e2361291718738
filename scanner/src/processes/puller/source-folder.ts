import { existsSync } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MANIFEST_FILE } from '@guardimesh/contracts/signatures/manifest'
import { GuardError, namesIn } from '@guardimesh/kit'
import {
  fingerprint,
  isSignatureName,
  MAX_SIGNATURE_FILES,
  readManifest,
  SIGNATURE_KINDS,
  type SignatureFile,
  type SignatureKind,
  sortedByPath,
  verifySignatureFile,
} from '@guardimesh/signature-format'
import { isNodeFile } from './compare-content.js'
import type { OfferedFile, SignatureSource } from './source.js'

/**
 * Reads the signatures in a folder. With a manifest, its files are verified and other files are ignored; without one, every database and
 * rule file with a valid name is used.
 *
 * @throws GuardError SIGNATURES_INVALID when a file is invalid, or there are no or too many files.
 */
export async function readSourceFolder(folder: string): Promise<SignatureSource> {
  const fetch = ({ path }: OfferedFile, target: string) => copyFile(join(folder, path), target)
  if (existsSync(join(folder, MANIFEST_FILE))) {
    const manifest = await readManifest(folder)
    for (const file of manifest.files) await verifySignatureFile(folder, file)
    const files = manifest.files.filter((file) => !isNodeFile(file))
    const { generation, builtAt, memoryBytes } = manifest
    return { files: sortedByPath(files), deltas: [], generation, builtAt, memoryBytes, fetch }
  }
  const paths = (await Promise.all(SIGNATURE_KINDS.map((kind) => pathsIn(folder, kind)))).flat()
  if (paths.length === 0) throw invalid(`${folder} has neither clamav/ databases nor yara/ rules`)
  if (paths.length > MAX_SIGNATURE_FILES) throw invalid(`${folder} has ${paths.length} files, the maximum is ${MAX_SIGNATURE_FILES}`)
  const files: SignatureFile[] = []
  for (const path of paths) files.push({ path, ...(await fingerprint(join(folder, path))) })
  return { files: sortedByPath(files), deltas: [], generation: undefined, builtAt: undefined, memoryBytes: undefined, fetch }
}

async function pathsIn(folder: string, kind: SignatureKind): Promise<string[]> {
  const paths: string[] = []
  for (const name of await namesIn(join(folder, kind))) {
    if (!isSignatureName(kind, name)) continue
    // Links are followed, because a mounted ConfigMap contains links; devices and folders are skipped.
    if ((await stat(join(folder, kind, name))).isFile()) paths.push(`${kind}/${name}`)
  }
  return paths
}

function invalid(message: string): GuardError {
  return new GuardError('SIGNATURES_INVALID', message)
}
