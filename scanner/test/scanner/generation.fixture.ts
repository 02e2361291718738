import { chmod, mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MANIFEST_FILE } from '@guardimesh/contracts'
import { buildGenerationCanary } from '@guardimesh/scanner/engines/clamav/generation-canary.js'
import { CANARY_FILE } from '@guardimesh/signature-format'

/** Creates a generation with one database in the signatures folder of a node, and activates it with one rename as the puller does. */
export async function activateGeneration(signatures: string, generation: string, database: string): Promise<void> {
  const folder = join(signatures, 'generations', generation)
  await mkdir(join(folder, 'clamav'), { recursive: true })
  await writeFile(join(folder, 'clamav', 'tests.ndb'), database)
  await writeFile(join(folder, 'clamav', CANARY_FILE), buildGenerationCanary(generation).databaseLine)
  const files = [{ path: 'clamav/tests.ndb', sizeBytes: database.length, sha256: '0'.repeat(64) }]
  await writeFile(join(folder, MANIFEST_FILE), JSON.stringify({ generation, builtAt: new Date().toISOString(), files }))
  for (const path of [signatures, join(signatures, 'generations'), folder, join(folder, 'clamav')]) await chmod(path, 0o755)
  await symlink(join('generations', generation), join(signatures, 'current.new'))
  await rename(join(signatures, 'current.new'), join(signatures, 'current'))
}

/** Builds a database line that matches a text anywhere in a file. */
export function textSignature(name: string, text: string): string {
  return `${name}:0:*:${Buffer.from(text).toString('hex')}\n`
}
