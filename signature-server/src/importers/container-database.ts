import { DAY_MS } from '@guardimesh/contracts'
import { errorCodeOf, messageOf } from '@guardimesh/kit'
import {
  type ContainerHeader,
  inspectContainer,
  readContainerHeader,
  runEngine,
  SIGTOOL_LIMITS,
  sigtoolFailureReason,
  stemOf,
} from '@guardimesh/signature-format'
import { isSignedName } from '../generation/signed-name.js'
import { refusal } from '../refusal.js'
import { countLoaded } from './count-loaded.js'
import { engineLevel } from './engine-level.js'
import type { ImportedFile, Importer } from './importer.js'

/** Verifies containers: header, MD5, members, digital signature of ClamAV's authors and required functionality level. */
export const containerImporter: Importer = {
  async verify(file, signal) {
    const { version, signatures, builtAt, ...header } = await readHeader(file)
    const { name, md5AfterHeader, isDowngradeAllowed } = file
    // The MD5 in the header of a .cld is that of the original .cvd. sigtool checks its signed member list instead.
    if (!name.endsWith('.cld') && header.md5 !== md5AfterHeader)
      throw refusal('checksum', `${name} is damaged: its content does not match the MD5 in its header. Copy the complete file again.`)
    requireNotFromFuture(name, builtAt, isDowngradeAllowed, new Date())
    const contentSha256 = await verifyArchive(file, signal)
    await verifySignature(file, signal)
    const level = await engineLevel(signal)
    if (header.functionalityLevel > level && !isDowngradeAllowed)
      throw refusal(
        'functionality-level',
        `${name} requires functionality level ${header.functionalityLevel}, but this ClamAV has ${level}. Upgrade Guardimesh first.`,
      )
    // A database for newer engines, or of bytecode only, has reasons of its own.
    const loaded = await countLoaded(
      { name, path: file.path, declared: signatures, mayBeSkipped: true, loadLimits: file.loadLimits },
      signal,
    )
    return { version, builtAt, contentSha256, ...loaded }
  },
}

async function readHeader({ name, path }: ImportedFile): Promise<ContainerHeader> {
  const header = await readContainerHeader(path)
  if (!header) throw refusal('header', `${name} has no valid ClamAV header and may be an error page. Download it again.`)
  return header
}

/** Rejects build times in the future, because such signatures would never count as outdated. Allows one day of clock skew. */
function requireNotFromFuture(name: string, builtAt: string, isAllowed: boolean, now: Date): void {
  if (isAllowed || Date.parse(builtAt) <= now.getTime() + DAY_MS) return
  throw refusal(
    'header',
    `${name} has the build time ${builtAt}, which is in the future (server time ${now.toISOString()}). Correct the clock of this server, download the database again, or allow it like an older version (--allow-older or .allow-downgrade).`,
  )
}

/** Validates the archive before any program unpacks it. */
async function verifyArchive({ name, path }: ImportedFile, signal: AbortSignal): Promise<string> {
  try {
    const { contentSha256, members } = await inspectContainer(path, signal)
    requireOwnName(name, members)
    return contentSha256
  } catch (error) {
    if (errorCodeOf(error) !== 'ARCHIVE_INVALID') throw error
    throw refusal('archive', `${name} is not a valid database: ${messageOf(error)}. Download it again from a trusted source.`, error)
  }
}

/** Rejects a renamed signed database: under another name, the check for older versions would not apply. */
function requireOwnName(name: string, members: readonly string[]): void {
  const infos = members.filter((member) => member.endsWith('.info'))
  if (!isSignedName(name) || infos.length === 0 || infos.includes(`${stemOf(name)}.info`)) return
  throw refusal('name', `${name} is the database ${stemOf(infos[0] ?? '')} under another name. Rename it to its original name.`)
}

/** Verifies the digital signature with sigtool, which also detects damaged content. */
async function verifySignature({ name, path }: ImportedFile, signal: AbortSignal): Promise<void> {
  const end = await runEngine({ program: 'sigtool', args: [`--info=${path}`], ...SIGTOOL_LIMITS }, signal)
  const isVerified = end.exitCode === 0 && /^Verification( OK\.|: Unsigned container)$/m.test(end.output)
  if (isVerified) return
  const why = sigtoolFailureReason(end, path, name)
  throw refusal(
    'digital-signature',
    `${name} has no valid signature of ClamAV's authors (${why}). Download it again from a trusted source.`,
  )
}
