import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { runChecked } from '@guardimesh/kit'
import { contentSha256Of, inspectContainer, unpackContainer } from '@guardimesh/signature-format'
import { buildClamavContainer } from '@guardimesh/testbed/clamav-container.js'
import { signedDatabase } from '@guardimesh/testbed/signed-databases.js'
import { type OfferedDatabase, type OfferedDelta, sha256 } from './offering-server.js'

const never = new AbortController().signal

/** Builds signatures that detect the text "text of <name>". */
export function signatures(...names: readonly string[]): string {
  return names.map((name) => `${name}:0:*:${Buffer.from(`text of ${name}`).toString('hex')}\n`).join('')
}

/** Builds many signatures, for a database that is much larger than a delta of it. */
export const manySignatures = (count: number) => signatures(...Array.from({ length: count }, (_, n) => `Test.Many${n}`))

/** Builds a loose database. */
export function aLooseFile(name: string, content: string): OfferedDatabase {
  const bytes = Buffer.from(content)
  return { bytes, entry: { path: `clamav/${name}`, sizeBytes: bytes.length, sha256: sha256(bytes) } }
}

/** Builds an unsigned container "own.cud" with sigtool. Requires exclusive use of `folder`. */
export async function aContainer(folder: string, version: number, content: string): Promise<OfferedDatabase & { readonly file: string }> {
  const inside = join(folder, `inside-${version}`)
  await mkdir(inside, { recursive: true })
  const parts = join(folder, `parts-${version}`)
  const file = await buildClamavContainer(parts, { name: 'own', version, files: { 'own.ndb': content } })
  await unpackContainer(file, inside, never)
  const bytes = await readFile(file)
  const contentSha256 = await contentSha256Of(inside)
  return { file, bytes, entry: { path: 'clamav/own.cud', sizeBytes: bytes.length, sha256: sha256(bytes), contentSha256, version } }
}

/** Builds the delta between two containers with sigtool. */
export async function aDelta(
  from: OfferedDatabase & { readonly file: string },
  to: OfferedDatabase & { readonly file: string },
): Promise<OfferedDelta> {
  // sigtool writes next to the new file, and fails on a "-" in the path.
  const workFolder = dirname(to.file)
  await runChecked('sigtool', [`--diff=${relative(workFolder, from.file)}`, basename(to.file)], { cwd: workFolder })
  return aScriptDelta(await readFile(join(workFolder, `own-${to.entry.version}.script`)), from, to)
}

/** Builds the delta between two loose databases with sigtool. */
export async function aLooseDelta(folder: string, from: OfferedDatabase, to: OfferedDatabase): Promise<OfferedDelta> {
  const name = to.entry.path.replace('clamav/', '')
  for (const [side, { bytes }] of Object.entries({ old: from, new: to })) {
    await mkdir(join(folder, side), { recursive: true })
    await writeFile(join(folder, side, name), bytes)
  }
  // sigtool copies the name from the command line into the script.
  const script = await runChecked('sigtool', [`--compare=${join('..', 'old', name)}`, name], { cwd: join(folder, 'new') })
  return aScriptDelta(Buffer.from(script), from, to)
}

/** Builds a delta with any script, valid or not. */
export function aScriptDelta(script: Buffer, from: OfferedDatabase, to: OfferedDatabase): OfferedDelta {
  const bytes = gzipSync(script)
  return {
    bytes,
    entry: {
      path: `deltas/${to.entry.path.replace('clamav/', '')}-${from.entry.sha256.slice(0, 8)}.script`,
      form: 'script',
      sizeBytes: bytes.length,
      sha256: sha256(bytes),
      target: to.entry.path,
      fromContentSha256: from.entry.contentSha256 ?? from.entry.sha256,
    },
  }
}

/** Reads one of the versions 1 to 6 of a database signed by ClamAV's authors. */
export async function aSignedContainer(version: number): Promise<OfferedDatabase> {
  const file = signedDatabase(`test-${version}.cvd`)
  const bytes = await readFile(file)
  const { contentSha256 } = await inspectContainer(file, never)
  return { bytes, entry: { path: 'clamav/test.cvd', sizeBytes: bytes.length, sha256: sha256(bytes), contentSha256, version } }
}

/** Reads the delta signed by ClamAV's authors between two consecutive versions. */
export async function aSignedDelta(from: OfferedDatabase, to: OfferedDatabase): Promise<OfferedDelta> {
  const name = `test-${to.entry.version}.cdiff`
  const bytes = await readFile(signedDatabase(name))
  const { path: target } = to.entry
  const fromContentSha256 = from.entry.contentSha256 ?? ''
  return {
    bytes,
    entry: { path: `deltas/${name}`, form: 'cdiff', sizeBytes: bytes.length, sha256: sha256(bytes), target, fromContentSha256 },
  }
}
