import { createHash } from 'node:crypto'
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SignatureDelta } from '@guardimesh/contracts'
import { aSignature } from './databases.js'

type Files = Readonly<Record<string, string | Buffer>>

/** Content of a stored generation, by file name. */
export interface StoredSpec {
  readonly generation: string
  readonly clamav?: Files
  /** Build times of databases and sources, by file name. */
  readonly builtAt?: Readonly<Record<string, string>>
  /** Undefined for a generation of a version without sources. */
  readonly sources?: Files
  readonly deltas?: readonly { readonly path: string; readonly content: Buffer; readonly target: string; readonly from: string }[]
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

/** Writes generations to a volume as a server would, each one second newer than the one before, and activates the last one. */
export async function writeVolume(volume: string, specs: readonly StoredSpec[]): Promise<void> {
  for (const [n, spec] of specs.entries()) await writeGeneration(volume, spec, new Date(Date.now() + (n - specs.length) * 1000))
  const active = specs.at(-1)?.generation ?? ''
  await rm(join(volume, 'current'), { force: true })
  await symlink(join('generations', active), join(volume, 'current'))
}

/** Creates the spec of a generation with one separate database. */
export function aGeneration(generation: string): StoredSpec {
  return { generation, clamav: { 'ours.ndb': aSignature(`Test.${generation}`) } }
}

async function writeGeneration(volume: string, spec: StoredSpec, builtAt: Date): Promise<void> {
  const folder = join(volume, 'generations', spec.generation)
  const timeOf = (name: string) => (spec.builtAt?.[name] ? { builtAt: spec.builtAt[name] } : {})
  const describe = (content: string | Buffer) => ({ sizeBytes: Buffer.byteLength(content), sha256: sha256(content) })
  const write = async (path: string, content: string | Buffer) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  const files = []
  for (const [name, content] of Object.entries(spec.clamav ?? {})) {
    await write(`clamav/${name}`, content)
    files.push({ path: `clamav/${name}`, ...describe(content), ...timeOf(name) })
  }
  const deltas: SignatureDelta[] = []
  for (const { path, content, target, from } of spec.deltas ?? []) {
    await write(path, content)
    deltas.push({ path, form: 'script', ...describe(content), target, fromContentSha256: from })
  }
  if (deltas.length > 0) await write('deltas.json', JSON.stringify({ deltas }))
  const sources = []
  for (const [name, content] of Object.entries(spec.sources ?? {})) {
    await write(`sources/${name}`, content)
    sources.push({ name, kind: 'clamav', ...describe(content), ...timeOf(name) })
  }
  if (sources.length > 0) await write('sources.json', JSON.stringify({ files: sources }))
  await write('manifest.json', JSON.stringify({ generation: spec.generation, builtAt: builtAt.toISOString(), files }))
}
