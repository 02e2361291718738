import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { contentSha256Of, inspectContainer, unpackContainer } from '@guardimesh/signature-format'
import { buildClamavContainer } from '@guardimesh/testbed/clamav-container.js'
import { signedDatabase } from '@guardimesh/testbed/signed-databases.js'
import { type OfferedDatabase, type OfferedDelta, sha256 } from './offering-server.js'

const run = promisify(execFile)
const never = new AbortController().signal

/** Signatures that find the text "text of <name>". */
export function signatures(...names: readonly string[]): string {
  return names.map((name) => `${name}:0:*:${Buffer.from(`text of ${name}`).toString('hex')}\n`).join('')
}

/** So many signatures: a database that is much larger than a step of it. */
export const manySignatures = (count: number) => signatures(...Array.from({ length: count }, (_, n) => `Test.Many${n}`))

/** A loose database. */
export function aLooseFile(name: string, content: string): OfferedDatabase {
  const bytes = Buffer.from(content)
  return { bytes, entry: { path: `clamav/${name}`, sizeBytes: bytes.length, sha256: sha256(bytes) } }
}

/** A container "own.cud" made by sigtool, unsigned: only ClamAV's authors can sign. `folder` is for this one alone. */
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

/** The step between two containers, made by sigtool. */
export async function aStep(
  from: OfferedDatabase & { readonly file: string },
  to: OfferedDatabase & { readonly file: string },
): Promise<OfferedDelta> {
  // It writes beside the new file, and is confused by a "-" in the path.
  const place = dirname(to.file)
  await run('sigtool', [`--diff=${relative(place, from.file)}`, basename(to.file)], { cwd: place })
  return anUpdate(await readFile(join(place, `own-${to.entry.version}.script`)), from, to)
}

/** The step between two loose databases, made by sigtool. */
export async function aLooseStep(folder: string, from: OfferedDatabase, to: OfferedDatabase): Promise<OfferedDelta> {
  const name = to.entry.path.replace('clamav/', '')
  for (const [side, { bytes }] of Object.entries({ old: from, new: to })) {
    await mkdir(join(folder, side), { recursive: true })
    await writeFile(join(folder, side, name), bytes)
  }
  // It writes the name into the script as it is told.
  const { stdout } = await run('sigtool', [`--compare=${join('..', 'old', name)}`, name], { cwd: join(folder, 'new') })
  return anUpdate(Buffer.from(stdout), from, to)
}

/** A script that leads, or is said to lead, from one database to another. */
export function anUpdate(script: Buffer, from: OfferedDatabase, to: OfferedDatabase): OfferedDelta {
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

/** A database that ClamAV's authors signed, in one of its versions 1 to 6. */
export async function aSignedContainer(version: number): Promise<OfferedDatabase> {
  const file = signedDatabase(`test-${version}.cvd`)
  const bytes = await readFile(file)
  const { contentSha256 } = await inspectContainer(file, never)
  return { bytes, entry: { path: 'clamav/test.cvd', sizeBytes: bytes.length, sha256: sha256(bytes), contentSha256, version } }
}

/** The step of ClamAV's authors that leads from one version to the next. */
export async function aSignedStep(from: OfferedDatabase, to: OfferedDatabase): Promise<OfferedDelta> {
  const name = `test-${to.entry.version}.cdiff`
  const bytes = await readFile(signedDatabase(name))
  const { path: target } = to.entry
  const fromContentSha256 = from.entry.contentSha256 ?? ''
  return {
    bytes,
    entry: { path: `deltas/${name}`, form: 'cdiff', sizeBytes: bytes.length, sha256: sha256(bytes), target, fromContentSha256 },
  }
}
