import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { GuardError } from '@guardimesh/kit'
import {
  type CurrentSignatures,
  GENERATIONS_FOLDER,
  readCurrentManifest,
  removeOldGenerations,
  SIGNATURE_FOLDER_MODE,
  switchCurrent,
  testLoad,
} from '@guardimesh/signature-format'
import { buildGenerationCanary } from '../../engines/clamav/generation-canary.js'
import { isIntact } from './add-file.js'
import { hasSameContents } from './compare-content.js'
import { hasFormatDatabase } from './format-database.js'
import { chooseLoadMode } from './load-mode.js'
import { type ReloadOptions, reloadClamd } from './reload-clamd.js'
import type { SignatureSource } from './source.js'
import type { TransferCounters } from './transfer-counters.js'
import { writeGeneration } from './write-generation.js'

/** Generations that are kept on the node, including the active one, so that switching the link back replaces a bad one. */
const KEPT_GENERATIONS = 3
/** The limit of the signature server. */
const MAX_GENERATION_BYTES = 8192 * MIB_BYTES

export interface PullOptions extends ReloadOptions {
  readonly signaturesFolder: string
  /** Memory limit of clamd's container; undefined when unknown. */
  readonly clamdMemoryBytes: number | undefined
  readonly transfers: TransferCounters
}

/** Result of a successful pull. */
export interface PullOutcome {
  readonly generation: string
  readonly kind: 'unchanged' | 'switched'
  /** False when clamd is not running; it loads the active generation when it starts. */
  readonly isServed: boolean
}

/**
 * Activates the signatures of a source: fetches, verifies and test-loads them, switches the link and reloads clamd. Nothing of the old
 * generation changes before the switch, so it stays active on any failure.
 *
 * @throws GuardError SIGNATURES_INVALID when the source is invalid, ENGINE_TIMEOUT when clamd does not load the new generation.
 */
export async function pull(options: PullOptions, source: SignatureSource, signal: AbortSignal): Promise<PullOutcome> {
  const { clamdConfig, clamdMemoryBytes, log } = options
  const active = await readActiveOrUndefined(options)
  const current = active?.manifest.generation
  if (active && current !== undefined && (await isActive(active, source, log))) {
    // The reload is missing if an earlier run was killed between switch and reload.
    return { generation: current, kind: 'unchanged', isServed: await reloadClamd(options, current, signal) }
  }
  requireSizeLimit(source)
  const loadMode = chooseLoadMode(source.memoryBytes, clamdMemoryBytes)
  const generation = await createGeneration(options, source, active, signal)
  await clamdConfig?.write(loadMode)
  await activateGeneration(options, generation)
  // A clamd that serves the same generation from its old folder answers as if it had loaded the new one.
  const isServed = await reloadClamd(options, generation.name, signal, { always: generation.name === current })
  return { generation: generation.name, kind: 'switched', isServed }
}

/** Keeps a faulty server from filling the node's disk. @throws GuardError SIGNATURES_INVALID */
function requireSizeLimit({ files }: SignatureSource): void {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  if (sizeBytes <= MAX_GENERATION_BYTES) return
  throw new GuardError('SIGNATURES_INVALID', `these signatures have ${sizeBytes} bytes, the maximum is ${MAX_GENERATION_BYTES}`)
}

/** A complete and verified generation that is not active yet. */
interface CreatedGeneration {
  readonly name: string
  readonly folder: string
  /** Bytes that were downloaded for it. */
  readonly pulledBytes: number
}

async function createGeneration(
  options: PullOptions,
  source: SignatureSource,
  active: CurrentSignatures | undefined,
  signal: AbortSignal,
): Promise<CreatedGeneration> {
  const { signaturesFolder, transfers } = options
  const bytesBefore = transfers.allBytes
  await mkdir(join(signaturesFolder, GENERATIONS_FOLDER), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
  const { folder, manifest } = await writeGeneration({ ...options, source, active }, new Date(), signal)
  try {
    await verifyCanary(join(folder, 'clamav'), manifest.generation, signal)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return { name: manifest.generation, folder, pulledBytes: transfers.allBytes - bytesBefore }
}

async function activateGeneration(
  { signaturesFolder, report, log }: PullOptions,
  { name, folder, pulledBytes }: CreatedGeneration,
): Promise<void> {
  await switchCurrent(signaturesFolder, basename(folder))
  log.info({ generation: name, pulledBytes }, 'signatures switched')
  await report.recordSwitch(name, pulledBytes)
  await removeOldGenerations(signaturesFolder, KEPT_GENERATIONS)
}

/** Test-loads a generation and checks that it detects its canary. @throws GuardError SIGNATURES_INVALID, ENGINE_UNAVAILABLE */
async function verifyCanary(databaseFolder: string, generation: string, signal: AbortSignal): Promise<void> {
  const { content, signatureName } = buildGenerationCanary(generation)
  const found = await testLoad({ databaseFolder, content }, signal)
  if (!found?.startsWith(signatureName))
    throw new GuardError(
      'SIGNATURES_INVALID',
      `these signatures detect ${found ?? 'nothing'} instead of their canary; an exclusion may hide it`,
    )
}

/** Returns undefined for a damaged generation, which is then replaced like an old one. */
async function readActiveOrUndefined({ signaturesFolder, log }: PullOptions): Promise<CurrentSignatures | undefined> {
  try {
    return await readCurrentManifest(signaturesFolder)
  } catch (error) {
    log.warn({ error }, 'active generation is damaged')
    return undefined
  }
}

/**
 * True when the offered signatures are active and intact.
 *
 * @throws GuardError SIGNATURES_INVALID when the generation of this name has other files.
 */
async function isActive({ manifest, folder }: CurrentSignatures, source: SignatureSource, log: PullOptions['log']): Promise<boolean> {
  const { generation, files } = manifest
  const isUnchanged = hasSameContents(files, source.files)
  if (!isUnchanged && generation === source.generation)
    throw new GuardError('SIGNATURES_INVALID', `the generation ${generation} is active with other files; a generation must never change`)
  if (!isUnchanged || (source.generation ?? generation) !== generation) return false
  const damaged: string[] = []
  for (const file of files) if (!(await isIntact(folder, file))) damaged.push(file.path)
  if (damaged.length > 0) log.warn({ generation, damaged }, 'files of the active generation are damaged; downloading them again')
  const isCurrentVersion = await hasFormatDatabase(folder)
  if (!isCurrentVersion) log.info({ generation }, 'the active generation lacks the format signatures of this version; writing it again')
  return damaged.length === 0 && isCurrentVersion
}
