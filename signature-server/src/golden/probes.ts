import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What ClamAV takes for a program: an ELF header of 64 bits for x86-64. */
const ELF_HEADER = Buffer.from('7f454c4602010100000000000000000002003e0001000000', 'hex').toString('latin1').padEnd(64, '\0')

/** Files that a signature of ours finds, whatever else is loaded: databases can also switch off what ClamAV looks at (.ftm, .cfg, .ign2). */
export interface Probes {
  /** A database with that one signature. */
  readonly database: string
  readonly files: readonly { readonly path: string; readonly form: string }[]
}

/** Writes probes into a folder. Name and text of the signature are new each time, so that nothing can be made for them. */
export async function writeProbes(folder: string): Promise<Probes> {
  const marker = randomBytes(24).toString('hex')
  const database = join(folder, 'probe.ndb')
  await writeFile(database, `Guardimesh.Probe.${randomBytes(8).toString('hex')}:0:*:${Buffer.from(marker).toString('hex')}\n`)
  const text = `This harmless text has the words ${marker} in it.\n`
  const contents = {
    text: Buffer.from(text),
    gzip: gzipSync(text),
    program: Buffer.from(ELF_HEADER + text, 'latin1'),
  }
  const files = Object.entries(contents).map(([form, content]) => ({ path: join(folder, form), form, content }))
  for (const { path, content } of files) await writeFile(path, content)
  return { database, files }
}
