import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MINUTE_MS } from '@guardimesh/contracts'
import {
  CANARY_FILE,
  type CurrentSignatures,
  GENERATIONS_FOLDER,
  GuardError,
  isSameFiles,
  type Logger,
  messageOf,
  readCurrentManifest,
  removeOldGenerations,
  SIGNATURE_FOLDER_MODE,
  sleep,
  switchCurrent,
  testLoad,
} from '@guardimesh/kit'
import { ClamdControl } from '../../engines/clamav/clamd-control.js'
import { generationCanary } from '../../engines/clamav/generation-canary.js'
import type { SignatureSource } from './source.js'
import { writeGeneration } from './write-generation.js'

/** Generations that stay on the node, the one in force included: a bad one is left by switching the link back. */
const KEPT_GENERATIONS = 3
const SERVE_TIMEOUT_MS = 10 * MINUTE_MS
const LOOK_AGAIN_MS = 200

export interface PullOptions {
  readonly signaturesFolder: string
  readonly clamdSocket: string
  readonly log: Logger
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
  const { signaturesFolder, log } = options
  const inForce = await readCurrentOrNothing(options)
  const current = inForce?.manifest.generation
  const isUnchanged = inForce !== undefined && isSameSource(inForce, source)
  if (isUnchanged && current !== undefined && (source.generation ?? current) === current) {
    // A run that was killed between switch and reload is made good here.
    return { generation: current, kind: 'unchanged', isServed: await letClamdServe(options, current, signal) }
  }
  if (current !== undefined && current === source.generation)
    throw new GuardError('SIGNATURES_INVALID', `the generation ${current} is in force with other files; a generation never changes`)
  await mkdir(join(signaturesFolder, GENERATIONS_FOLDER), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
  const { folder, manifest } = await writeGeneration({ source, signaturesFolder, inForce }, new Date(), signal)
  const { generation } = manifest
  try {
    await proveCanary(join(folder, 'clamav'), generation, signal)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  await switchCurrent(signaturesFolder, generation)
  log.info({ generation, files: manifest.files.length }, 'signatures switched')
  await removeOldGenerations(signaturesFolder, KEPT_GENERATIONS)
  return { generation, kind: 'switched', isServed: await letClamdServe(options, generation, signal) }
}

/** Loads a generation for a test and lets it find its canary. @throws GuardError SIGNATURES_INVALID, ENGINE_UNAVAILABLE */
async function proveCanary(databaseFolder: string, generation: string, signal: AbortSignal): Promise<void> {
  const { content, signatureName } = generationCanary(generation)
  const found = await testLoad({ databaseFolder, content }, signal)
  if (!found?.startsWith(signatureName))
    throw new GuardError(
      'SIGNATURES_INVALID',
      `these signatures do not find their canary, but ${found ?? 'nothing'}: an exception may hide it`,
    )
}

/** A damaged generation in force is replaced like an old one. */
async function readCurrentOrNothing({ signaturesFolder, log }: PullOptions): Promise<CurrentSignatures | undefined> {
  try {
    return await readCurrentManifest(signaturesFolder)
  } catch (error) {
    log.warn({ error }, 'the generation in force is damaged')
    return undefined
  }
}

/** True when the generation in force was made of what the source offers; the canary is the node's own. */
function isSameSource({ manifest }: CurrentSignatures, source: SignatureSource): boolean {
  return isSameFiles(
    manifest.files.filter(({ path }) => path !== `clamav/${CANARY_FILE}`),
    source.files,
  )
}

/** @returns true when clamd serves the generation, false when there is no clamd to ask. @throws GuardError ENGINE_TIMEOUT */
async function letClamdServe({ clamdSocket, log }: PullOptions, generation: string, signal: AbortSignal): Promise<boolean> {
  const control = new ClamdControl({ socketPath: clamdSocket })
  try {
    if (await control.servesGeneration(generation)) return true
    await control.reload()
  } catch (error) {
    log.info({ reason: messageOf(error) }, 'clamd is not there to reload; it loads the generation in force when it starts')
    return false
  }
  const deadlineMs = performance.now() + SERVE_TIMEOUT_MS
  while (!signal.aborted && performance.now() < deadlineMs) {
    await sleep(LOOK_AGAIN_MS, signal)
    // clamd may stand still while it loads.
    if (await control.servesGeneration(generation).catch(() => false)) return true
  }
  signal.throwIfAborted()
  throw new GuardError('ENGINE_TIMEOUT', `clamd does not serve the generation ${generation} after ${SERVE_TIMEOUT_MS} ms`, { generation })
}
