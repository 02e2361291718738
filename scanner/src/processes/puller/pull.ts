import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
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
import { chooseLoadMode } from './load-mode.js'
import { type ReloadOptions, reloadClamd } from './reload-clamd.js'
import type { SignatureSource } from './source.js'
import type { TransferCounters } from './transfer-counters.js'
import { writeGeneration } from './write-generation.js'

/** Generations that stay on the node, the one in force included: a bad one is left by switching the link back. */
const KEPT_GENERATIONS = 3
/** As on the signature server. */
const MAX_GENERATION_BYTES = 8192 * MIB_BYTES

export interface PullOptions extends ReloadOptions {
  readonly signaturesFolder: string
  /** Memory limit of clamd's container; undefined when nobody knows it. */
  readonly clamdMemoryBytes: number | undefined
  readonly transfers: TransferCounters
}

/** What a pull did. */
export interface PullOutcome {
  readonly generation: string
  readonly kind: 'unchanged' | 'switched'
  /** False when clamd was not there to be asked; it loads the generation in force when it starts. */
  readonly isServed: boolean
}

/**
 * Brings a source's signatures into force: fetch, check, load for a test, switch the link, let clamd reload. Until the switch nothing of
 * the old generation is touched, so any failure leaves it in force.
 *
 * @throws GuardError SIGNATURES_INVALID when the source cannot be used, ENGINE_TIMEOUT when clamd does not take up the new generation.
 */
export async function pull(options: PullOptions, source: SignatureSource, signal: AbortSignal): Promise<PullOutcome> {
  const { clamdConfig, clamdMemoryBytes, log } = options
  const inForce = await readActiveOrUndefined(options)
  const current = inForce?.manifest.generation
  if (inForce && current !== undefined && (await isActive(inForce, source, log))) {
    // A run that was killed between switch and reload is made good here.
    return { generation: current, kind: 'unchanged', isServed: await reloadClamd(options, current, signal) }
  }
  requireSizeLimit(source)
  const way = chooseLoadMode(source.memoryBytes, clamdMemoryBytes)
  const generation = await createGeneration(options, source, inForce, signal)
  await clamdConfig?.write(way)
  await activateGeneration(options, generation)
  return { generation: generation.name, kind: 'switched', isServed: await reloadClamd(options, generation.name, signal) }
}

/** The signature server makes no larger ones; what a server claims must not fill the node's disk. @throws GuardError SIGNATURES_INVALID */
function requireSizeLimit({ files }: SignatureSource): void {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  if (sizeBytes <= MAX_GENERATION_BYTES) return
  throw new GuardError('SIGNATURES_INVALID', `these signatures have ${sizeBytes} bytes, at most ${MAX_GENERATION_BYTES} are taken`)
}

/** A generation that is whole and proven, and not in force yet. */
interface CreatedGeneration {
  readonly name: string
  readonly folder: string
  /** What came over the network for it. */
  readonly pulledBytes: number
}

async function createGeneration(
  options: PullOptions,
  source: SignatureSource,
  inForce: CurrentSignatures | undefined,
  signal: AbortSignal,
): Promise<CreatedGeneration> {
  const { signaturesFolder, transfers } = options
  const bytesBefore = transfers.allBytes
  await mkdir(join(signaturesFolder, GENERATIONS_FOLDER), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
  const { folder, manifest } = await writeGeneration({ ...options, source, inForce }, new Date(), signal)
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

/** Loads a generation for a test and lets it find its canary. @throws GuardError SIGNATURES_INVALID, ENGINE_UNAVAILABLE */
async function verifyCanary(databaseFolder: string, generation: string, signal: AbortSignal): Promise<void> {
  const { content, signatureName } = buildGenerationCanary(generation)
  const found = await testLoad({ databaseFolder, content }, signal)
  if (!found?.startsWith(signatureName))
    throw new GuardError(
      'SIGNATURES_INVALID',
      `these signatures do not find their canary, but ${found ?? 'nothing'}: an exception may hide it`,
    )
}

/** A damaged generation in force is replaced like an old one. */
async function readActiveOrUndefined({ signaturesFolder, log }: PullOptions): Promise<CurrentSignatures | undefined> {
  try {
    return await readCurrentManifest(signaturesFolder)
  } catch (error) {
    log.warn({ error }, 'the generation in force is damaged')
    return undefined
  }
}

/**
 * True when what the source offers is in force, and whole.
 *
 * @throws GuardError SIGNATURES_INVALID when the generation of this name has other files.
 */
async function isActive({ manifest, folder }: CurrentSignatures, source: SignatureSource, log: PullOptions['log']): Promise<boolean> {
  const { generation, files } = manifest
  const isUnchanged = hasSameContents(files, source.files)
  if (!isUnchanged && generation === source.generation)
    throw new GuardError('SIGNATURES_INVALID', `the generation ${generation} is in force with other files; a generation never changes`)
  if (!isUnchanged || (source.generation ?? generation) !== generation) return false
  const damaged: string[] = []
  for (const file of files) if (!(await isIntact(folder, file))) damaged.push(file.path)
  if (damaged.length > 0) log.warn({ generation, damaged }, 'files of the generation in force are damaged; they are brought in again')
  return damaged.length === 0
}
