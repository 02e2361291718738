import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { MIB_BYTES, MINUTE_MS } from '@guardimesh/contracts/units'
import { GuardError } from '@guardimesh/kit'
import { pack } from 'tar-stream'
import { type EngineEnd, runEngine } from './run-engine.js'
import { fingerprint } from './signature-file.js'
import { engineErrorText } from './test-load.js'

/** Size of a ClamAV container's header, which a tar archive follows; in a .cvd it is compressed with gzip. */
export const CONTAINER_HEADER_BYTES = 512
/** Limits for sigtool. The official main database has 0.3 GiB unpacked. */
export const SIGTOOL_LIMITS = { timeoutMs: 5 * MINUTE_MS, memoryBytes: 2048 * MIB_BYTES }

/** True for ClamAV's containers: signed (.cvd), signed and updated since (.cld), unsigned (.cud). Pure. */
export function isContainerName(name: string): boolean {
  return /\.(cvd|cld|cud)$/.test(name)
}

/**
 * Returns the name of a container after applying a delta: "daily.cvd" becomes "daily.cld", which ClamAV verifies by its signed member list
 * instead of its header. Pure.
 */
export function updatedContainerName(name: string): string {
  return name.replace(/\.cvd$/, '.cld')
}

/** Unpacks a container into an empty folder. @throws GuardError SIGNATURES_INVALID with sigtool's message. */
export async function unpackContainer(file: string, folder: string, signal: AbortSignal): Promise<void> {
  const run = { program: 'sigtool', args: [`--unpack=${file}`], workingFolder: folder, ...SIGTOOL_LIMITS }
  const end = await runEngine(run, signal)
  if (end.exitCode === 0) return
  throw new GuardError('SIGNATURES_INVALID', `${basename(file)} cannot be unpacked: ${sigtoolFailureReason(end, file, basename(file))}`)
}

/** Returns the reason for a failure of sigtool. @param shown replaces the path of the file in its message. Pure. */
export function sigtoolFailureReason({ output, overLimit }: EngineEnd, file: string, shown: string): string {
  return overLimit ? `sigtool exceeded its ${overLimit} limit` : engineErrorText(output.replaceAll(file, shown))
}

/** Computes the digest of an unpacked container: `contentSha256` of SignatureManifestFile. */
export async function contentSha256Of(folder: string): Promise<string> {
  const members = new Map<string, string>()
  for (const name of await readdir(folder)) members.set(name, (await fingerprint(join(folder, name))).sha256)
  return digestOfMembers(members)
}

/** Computes the digest of an unpacked container from the SHA-256 of each member. Pure. */
export function digestOfMembers(members: ReadonlyMap<string, string>): string {
  const lines = [...members.keys()].sort().map((name) => `${members.get(name)}  ${name}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/**
 * Packs a folder into a container as freshclam does: the first line of `<name>.info` as header, then an uncompressed tar archive. The
 * result is reproducible.
 *
 * @param target path of the container.
 * @param name file name of the container; without its extension it is the name of the .info file.
 * @throws GuardError SIGNATURES_INVALID when the .info file has no valid header.
 */
export async function packContainer(folder: string, target: string, name: string): Promise<void> {
  const info = `${basename(name, extname(name))}.info`
  const [header = ''] = (await readFile(join(folder, info), 'latin1').catch(() => '')).split('\n', 1)
  if (!header.startsWith('ClamAV-VDB:') || header.length > CONTAINER_HEADER_BYTES)
    throw new GuardError('SIGNATURES_INVALID', `${name} contains no valid ${info}`)
  const output = await open(target, 'wx')
  await output.writeFile(header.padEnd(CONTAINER_HEADER_BYTES, ' '), 'latin1')
  await output.close()
  const archive = pack()
  const written = pipeline(archive, createWriteStream(target, { flags: 'a' }))
  for (const member of (await readdir(folder)).sort()) {
    const { size } = await stat(join(folder, member))
    const entry = archive.entry({ name: member, size, mode: 0o644, mtime: new Date(0) })
    await pipeline(createReadStream(join(folder, member)), entry)
  }
  archive.finalize()
  await written
}
