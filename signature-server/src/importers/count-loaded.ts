import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { MIB_BYTES } from '@guardimesh/contracts'
import { LOAD_LIMITS, type LoadLimits, loadFailureReason } from '@guardimesh/signature-format'
import { refusal } from '../refusal.js'
import { engineLevel } from './engine-level.js'
import type { SignatureFacts } from './importer.js'
import { type LoadReport, loadAlone } from './load-alone.js'
import { otherLevelSignatureOf, type SkippedSignature } from './skipped-signature.js'

/** Formats that ClamAV loads with DetectPUA only, which nodes do not set. */
const UNWANTED_APPLICATIONS = new Set(['.hdu', '.hsu', '.ldu', '.mdu', '.msu', '.ndu'])
/** Maximum number of named signatures in a notice. */
const MAX_NAMED = 5
/** Maximum size of a file whose lines are searched for skipped signatures. */
const MAX_SEARCHED_BYTES = 64 * MIB_BYTES

export interface DeclaredFile {
  readonly name: string
  readonly path: string
  /** Number of signatures in the file. */
  readonly declared: number
  /** True when a file may be imported although ClamAV loads none of it. */
  readonly mayBeSkipped?: boolean
  readonly loadLimits?: LoadLimits | undefined
}

/** Number of signatures that ClamAV loads, with a notice about the others. */
export type LoadedCount = Required<Pick<SignatureFacts, 'signatures' | 'notices'>>

/**
 * Counts the signatures that ClamAV loads from a file, because it skips signatures that it does not support without an error.
 *
 * @throws the refusal when ClamAV cannot load the file, or loads none of the signatures.
 */
export async function countLoaded(file: DeclaredFile, signal: AbortSignal): Promise<LoadedCount> {
  const { name, path, loadLimits = {} } = file
  const report = await loadAlone(path, loadLimits, signal)
  if (report.exitCode !== 0 || report.overLimit || report.loaded === undefined) {
    const output = report.messages.join('\n').replaceAll(path, name)
    const reason = loadFailureReason({ ...report, output }, { ...LOAD_LIMITS, ...loadLimits })
    throw refusal('test-load', `failed to load these signatures: ${name}: ${reason}`)
  }
  // The header of a container may not count what sigtool itself did not support.
  const declared = Math.max(file.declared, report.loaded + report.skippedCount)
  if (report.loaded === declared) return { signatures: file.declared, notices: [] }
  return describeLoaded({ ...file, declared }, report.loaded, await namedSkips({ ...file, declared }, report, signal))
}

/** @throws the refusal when none is loaded. */
export function describeLoaded(file: DeclaredFile, loaded: number, skipped: readonly SkippedSignature[]): LoadedCount {
  const { name, declared, mayBeSkipped = UNWANTED_APPLICATIONS.has(extname(name)) } = file
  const reasons = explain(name, skipped, declared - loaded)
  if (loaded === 0 && !mayBeSkipped)
    throw refusal('test-load', `ClamAV loads none of the ${declared} signatures in ${name}${reasons}. Import without this file.`)
  const notice = `ClamAV skips ${declared - loaded} of ${declared} signatures in ${name}${reasons}.`
  return { signatures: loaded, notices: [notice] }
}

function explain(name: string, skipped: readonly SkippedSignature[], count: number): string {
  if (UNWANTED_APPLICATIONS.has(extname(name))) return ': nodes do not detect potentially unwanted applications'
  if (skipped.length === 0) return ''
  const named = skipped.slice(0, MAX_NAMED).map((one) => `${one.name} (${one.reason})`)
  const more = count > named.length ? ` and ${count - named.length} more` : ''
  return `: ${named.join(', ')}${more}`
}

/** Adds the signatures for older functionality levels, which ClamAV skips without a message. */
async function namedSkips(
  { name, path, declared }: DeclaredFile,
  report: LoadReport,
  signal: AbortSignal,
): Promise<readonly SkippedSignature[]> {
  const named = new Map(report.skipped.map((one) => [one.name, one]))
  const isNamed = report.skippedCount >= declared - (report.loaded ?? 0)
  if (isNamed || (await stat(path)).size > MAX_SEARCHED_BYTES) return [...named.values()]
  const level = await engineLevel(signal)
  for await (const line of createInterface({ input: createReadStream(path, { signal, encoding: 'latin1' }) })) {
    const found = otherLevelSignatureOf(extname(name).slice(1), line, level)
    if (found && !named.has(found.name)) named.set(found.name, { ...found, name: found.name.replace(/[^ -~]/g, '?') })
    if (named.size >= MAX_NAMED) break
  }
  return [...named.values()]
}
