import { DAY_MS } from '@guardimesh/contracts'
import { errorCodeOf, GuardError, messageOf } from '@guardimesh/kit'
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
import type { Candidate, Importer } from './importer.js'

/** Proves containers: header, MD5, what is inside, the digital signature of ClamAV's authors, and that this engine is new enough. */
export const containerImporter: Importer = {
  async prove(candidate, signal) {
    const { version, signatures, builtAt, ...header } = await readHeader(candidate)
    const { name, md5AfterHeader, mayBeOlder } = candidate
    // The header of a .cld is still that of the .cvd it was made of; the list inside of it is signed instead, which sigtool checks.
    if (!name.endsWith('.cld') && header.md5 !== md5AfterHeader)
      throw refusal('checksum', `${name} is damaged: its content does not have the MD5 of its header. Copy it again, whole.`)
    requireNotFromFuture(name, builtAt, mayBeOlder, new Date())
    const contentSha256 = await verifyArchive(candidate, signal)
    await verifySignature(candidate, signal)
    const level = await engineLevel(signal)
    if (header.functionalityLevel > level && !mayBeOlder)
      throw refusal(
        'functionality-level',
        `${name} is made for engines of level ${header.functionalityLevel}, this one has ${level}. Update Guardimesh first.`,
      )
    return { version, signatures, builtAt, contentSha256 }
  },
}

async function readHeader({ name, path }: Candidate): Promise<ContainerHeader> {
  const header = await readContainerHeader(path)
  if (!header) throw refusal('header', `${name} does not begin like a ClamAV database. Fetch it again; it may be an error page.`)
  return header
}

/** Signatures from the future would never grow old for who watches their age. A day is for clocks that are not quite right. */
function requireNotFromFuture(name: string, builtAt: string, isAllowed: boolean, now: Date): void {
  if (isAllowed || Date.parse(builtAt) <= now.getTime() + DAY_MS) return
  throw refusal(
    'header',
    `${name} says that it was built at ${builtAt}, and here it is ${now.toISOString()}. Set this clock when it is wrong; else fetch the database again, or give leave as for an older one.`,
  )
}

/** Looks at what is inside before any program unpacks it. */
async function verifyArchive({ name, path }: Candidate, signal: AbortSignal): Promise<string> {
  try {
    const { contentSha256, members } = await inspectContainer(path, signal)
    requireOwnName(name, members)
    return contentSha256
  } catch (error) {
    if (errorCodeOf(error) !== 'ARCHIVE_INVALID') throw error
    throw refusal('archive', `${name} is no sound database: ${messageOf(error)}. Fetch it again from a source that you trust.`, error)
  }
}

/** A signed database tells its name inside: under another one, an older version of it would be no older version. */
function requireOwnName(name: string, members: readonly string[]): void {
  const infos = members.filter((member) => member.endsWith('.info'))
  if (!isSignedName(name) || infos.length === 0 || infos.includes(`${stemOf(name)}.info`)) return
  throw refusal('name', `${name} is the database ${stemOf(infos[0] ?? '')} under another name. Give it its own name.`)
}

/** Lets sigtool check the digital signature; it also refuses what is damaged inside. */
async function verifySignature({ name, path }: Candidate, signal: AbortSignal): Promise<void> {
  const end = await runEngine({ program: 'sigtool', args: [`--info=${path}`], ...SIGTOOL_LIMITS }, signal)
  const isProven = end.exitCode === 0 && /^Verification( OK\.|: Unsigned container)$/m.test(end.output)
  if (isProven) return
  const why = sigtoolFailureReason(end, path, name)
  throw refusal(
    'digital-signature',
    `${name} does not carry a valid signature of ClamAV's authors (${why}). Fetch it again from a source that you trust.`,
  )
}

/** Functionality level of this ClamAV. sigtool tells it as the default of one of its options. @throws GuardError ENGINE_ERROR */
async function engineLevel(signal: AbortSignal): Promise<number> {
  const { output } = await runEngine({ program: 'sigtool', args: ['--help'], ...SIGTOOL_LIMITS }, signal)
  const [, level] = /--flevel=FLEVEL[^\n]*\n\s*Default: (\d+)/.exec(output) ?? []
  if (level === undefined) throw new GuardError('ENGINE_ERROR', 'sigtool does not tell the functionality level of this ClamAV')
  return Number(level)
}
