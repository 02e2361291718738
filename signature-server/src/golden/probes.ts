import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** A 64-bit ELF header for x86-64, which makes ClamAV detect an executable. */
const ELF_HEADER = Buffer.from('7f454c4602010100000000000000000002003e0001000000', 'hex').toString('latin1').padEnd(64, '\0')

/** Files that a known signature must detect, because databases such as .ftm, .cfg and .ign2 can switch off detection. */
export interface Probes {
  /** A database with one signature that matches all files. */
  readonly database: string
  readonly files: readonly { readonly path: string; readonly form: string }[]
}

/** Writes probes into a folder. Name and content of the signature are random, so that no database can exclude them. */
export async function writeProbes(folder: string): Promise<Probes> {
  const marker = randomBytes(24).toString('hex')
  const database = join(folder, 'probe.ndb')
  await writeFile(database, `Guardimesh.Probe.${randomBytes(8).toString('hex')}:0:*:${Buffer.from(marker).toString('hex')}\n`)
  const text = `This harmless text contains the marker ${marker}.\n`
  const contents = {
    text: Buffer.from(text),
    gzip: gzipSync(text),
    program: Buffer.from(ELF_HEADER + text, 'latin1'),
  }
  const files = Object.entries(contents).map(([form, content]) => ({ path: join(folder, form), form, content }))
  for (const { path, content } of files) await writeFile(path, content)
  return { database, files }
}
