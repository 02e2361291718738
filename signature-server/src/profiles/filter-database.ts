import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import {
  fingerprint,
  isContainerName,
  isSignatureName,
  linkOrCopy,
  SIGNATURE_FILE_MODE,
  type SignatureFile,
  stemOf,
  unpackContainer,
} from '@guardimesh/signature-format'
import type { Source } from '../generation/source-set.js'
import { countSignatures } from '../importers/loose-database.js'
import { type FilteringProfile, filterFor, isLineKept } from './keep-line.js'

/** Number of lines per write. */
const WRITE_LINES = 5000

/**
 * Writes the loose databases that a profile selects from a database to `clamav/` of a draft. Containers with bytecode are not filtered,
 * because ClamAV runs bytecode only from signed containers.
 *
 * @returns their manifest entries.
 */
export async function filterDatabase(
  draft: string,
  source: Source,
  profile: FilteringProfile,
  signal: AbortSignal,
): Promise<SignatureFile[]> {
  if (!isContainerName(source.name)) return filterMember({ draft, from: source.path, name: source.name, source }, profile, signal)
  const unpacked = join(draft, 'unpacked')
  try {
    await mkdir(unpacked)
    await unpackContainer(source.path, unpacked, signal)
    const members = (await readdir(unpacked)).sort()
    if (members.some((member) => member.endsWith('.cbc'))) return [await linkSource(draft, source)]
    const files: SignatureFile[] = []
    for (const member of members.filter((name) => isSignatureName('clamav', name) && extname(name) !== '.info')) {
      // Must differ from the names of imported loose databases.
      const name = `${stemOf(source.name)}.profile.${member}`
      files.push(...(await filterMember({ draft, from: join(unpacked, member), name, source }, profile, signal)))
    }
    return files
  } finally {
    await rm(unpacked, { recursive: true, force: true })
  }
}

interface Member {
  readonly draft: string
  readonly from: string
  readonly name: string
  readonly source: Source
}

async function filterMember(
  { draft, from, name, source }: Member,
  profile: FilteringProfile,
  signal: AbortSignal,
): Promise<SignatureFile[]> {
  const ending = extname(name).slice(1)
  const filter = filterFor(profile, ending)
  if (filter === 'none') return []
  const path = `clamav/${name}`
  if (filter === 'all' && from === source.path) return [await linkSource(draft, source)]
  if (filter === 'all') await rename(from, join(draft, path))
  else if ((await copyLines(from, join(draft, path), (line) => isLineKept(profile, ending, line))) === 0) return []
  const { version, builtAt } = source
  const signatures = await countSignatures(name, join(draft, path), signal)
  const facts = { ...(await fingerprint(join(draft, path))), ...(signatures !== undefined && { signatures }) }
  return [{ path, ...facts, ...(version !== undefined && { version }), ...(builtAt !== undefined && { builtAt }) }]
}

/** Links a source into the draft unchanged. @returns its manifest entry. */
export async function linkSource(draft: string, { kind, name, path: from, ...facts }: Source): Promise<SignatureFile> {
  const path = `${kind}/${name}`
  await linkOrCopy(from, join(draft, path))
  return { path, ...facts }
}

/** Copies the selected lines. @returns their number; without any, the file is removed. */
async function copyLines(from: string, to: string, isKept: (line: string) => boolean): Promise<number> {
  let count = 0
  let lines: string[] = []
  const output: FileHandle = await open(to, 'wx', SIGNATURE_FILE_MODE)
  try {
    const input = createInterface({ input: createReadStream(from, 'latin1'), crlfDelay: Number.POSITIVE_INFINITY })
    for await (const line of input) {
      if (!isKept(line)) continue
      count += 1
      if (lines.push(`${line}\n`) < WRITE_LINES) continue
      await output.writeFile(lines.join(''), 'latin1')
      lines = []
    }
    await output.writeFile(lines.join(''), 'latin1')
    await output.sync()
  } finally {
    await output.close()
  }
  if (count === 0) await rm(to)
  return count
}
