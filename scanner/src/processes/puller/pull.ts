import { mkdir, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MINUTE_MS } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf, sleep, systemCodeOf } from '@guardimesh/kit'
import { ClamdControl } from '../../engines/clamav/clamd-control.js'
import { CURRENT_LINK, readCurrentManifest } from '../../engines/current-manifest.js'
import { isSameFiles, readSource, sourceFilesOf } from './source-files.js'
import { testLoad } from './test-load.js'
import { GENERATIONS_FOLDER, writeGeneration } from './write-generation.js'

/** Generations that stay on the node, the one in force included: a bad one is left by switching the link back. */
const KEPT_GENERATIONS = 3
const SERVE_TIMEOUT_MS = 10 * MINUTE_MS
const LOOK_AGAIN_MS = 200

export interface PullOptions {
  readonly sourceFolder: string
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
 * Brings a source's signatures into force: copy, check, load for a test, switch the link, let clamd reload. Until the switch nothing of
 * the old generation is touched, so any failure leaves it in force.
 *
 * @throws GuardError SIGNATURES_INVALID when the source cannot be used, ENGINE_TIMEOUT when clamd does not take up the new generation.
 */
export async function pull(options: PullOptions, signal: AbortSignal): Promise<PullOutcome> {
  const { sourceFolder, signaturesFolder, log } = options
  const source = await readSource(sourceFolder)
  const current = await readCurrentOrNothing(options)
  const isUnchanged =
    current !== undefined &&
    isSameFiles(sourceFilesOf(current.manifest), source.files) &&
    (source.generation ?? current.manifest.generation) === current.manifest.generation
  if (isUnchanged) {
    const { generation } = current.manifest
    // A run that was killed between switch and reload is made good here.
    return { generation, kind: 'unchanged', isServed: await letClamdServe(options, generation, signal) }
  }
  if (current && current.manifest.generation === source.generation)
    throw new GuardError(
      'SIGNATURES_INVALID',
      `the generation ${source.generation} is in force with other files; a generation never changes`,
    )
  await mkdir(join(signaturesFolder, GENERATIONS_FOLDER), { recursive: true, mode: 0o755 })
  const { folder, manifest } = await writeGeneration(sourceFolder, source, signaturesFolder, new Date())
  const { generation } = manifest
  try {
    await testLoad(join(folder, 'clamav'), generation, signal)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  await switchTo(signaturesFolder, generation)
  log.info({ generation, files: manifest.files.length }, 'signatures switched')
  await removeOld(signaturesFolder)
  return { generation, kind: 'switched', isServed: await letClamdServe(options, generation, signal) }
}

/** A damaged generation in force is replaced like an old one. */
async function readCurrentOrNothing({ signaturesFolder, log }: PullOptions) {
  try {
    return await readCurrentManifest(signaturesFolder)
  } catch (error) {
    log.warn({ error }, 'the generation in force is damaged')
    return undefined
  }
}

/** Switches the link in one step: whoever follows it finds the old generation or the new one. */
async function switchTo(signaturesFolder: string, generation: string): Promise<void> {
  const fresh = join(signaturesFolder, `${CURRENT_LINK}.new`)
  await rm(fresh, { force: true })
  await symlink(join(GENERATIONS_FOLDER, generation), fresh)
  await rename(fresh, join(signaturesFolder, CURRENT_LINK))
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

async function removeOld(signaturesFolder: string): Promise<void> {
  const folder = join(signaturesFolder, GENERATIONS_FOLDER)
  const inForce = basename(await readlink(join(signaturesFolder, CURRENT_LINK)))
  const others = (await readdir(folder)).filter((name) => name !== inForce)
  const aged = await Promise.all(others.map(async (name) => ({ name, madeAtMs: await changedAtMs(join(folder, name)) })))
  const complete = aged.filter(({ name }) => !name.startsWith('.')).sort((one, other) => other.madeAtMs - one.madeAtMs)
  const drafts = aged.filter(({ name }) => name.startsWith('.'))
  for (const { name } of [...complete.slice(KEPT_GENERATIONS - 1), ...drafts])
    await rm(join(folder, name), { recursive: true, force: true })
}

async function changedAtMs(path: string): Promise<number> {
  try {
    return (await stat(path)).ctimeMs
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return 0
    throw error
  }
}
