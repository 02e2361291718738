import { chmod, mkdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MINUTE_MS, type SignatureDelta } from '@guardimesh/contracts'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'
import {
  applyDelta,
  fingerprint,
  linkOrCopy,
  parseDeltaName,
  SIGNATURE_FILE_MODE,
  type SignatureFile,
  stemOf,
} from '@guardimesh/signature-format'
import type { StoredGeneration } from '../generation/stored-generation.js'

import { createScript } from './create-script.js'
import { contentOf, type PlannedDelta, planDeltas, scriptPathOf } from './plan-deltas.js'

/** Timeout for all deltas, because nodes wait for the publication. sigtool needs 2 s for a million signatures. */
const TIMEOUT_MS = 5 * MINUTE_MS
/** Maximum size of a delta relative to its full file; larger ones save too little. */
const MAX_SIZE_RATIO = 0.5

export interface DeltaOptions {
  /** Folder of the draft, with its files, sources and an empty `deltas/`. */
  readonly draft: string
  readonly files: readonly SignatureFile[]
  /** File names in `sources/`. */
  readonly sourceNames: readonly string[]
  /** Older generations that nodes may still have, newest first. */
  readonly older: readonly StoredGeneration[]
  readonly log: Logger
  readonly onProgress: (progress: string) => void
}

/**
 * Creates the deltas from older generations to a new one and verifies each by applying it. A delta that fails is logged and skipped.
 *
 * @returns the entries for `deltas.json`.
 * @throws the signal's reason when it is aborted.
 */
export async function createDeltas(options: DeltaOptions, signal: AbortSignal): Promise<SignatureDelta[]> {
  const { older, files, log, onProgress } = options
  const generations = older.map(({ manifest: { generation, files: oldFiles } }) => ({ generation, files: oldFiles }))
  const planned = planDeltas(files, generations)
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const deltas: SignatureDelta[] = []
  for (const [n, plan] of planned.entries()) {
    onProgress(`creating delta ${n + 1} of ${planned.length} for ${basename(plan.target.path)}`)
    try {
      const delta = (await reuseDelta(plan, options)) ?? (await createDelta(plan, options, bounded))
      if (delta) deltas.push(delta)
    } catch (error) {
      signal.throwIfAborted()
      log.warn(
        { target: plan.target.path, from: plan.fromGeneration, reason: messageOf(error) },
        'failed to create delta; nodes fetch the full file',
      )
    } finally {
      await rm(join(options.draft, 'work'), { recursive: true, force: true })
    }
  }
  return deltas
}

/** Links the delta of an older generation that has the same target. @returns undefined when none has it. */
async function reuseDelta({ target, from }: PlannedDelta, { draft, older }: DeltaOptions): Promise<SignatureDelta | undefined> {
  for (const { folder, manifest, deltas } of older) {
    if (!manifest.files.some((file) => file.path === target.path && contentOf(file) === contentOf(target))) continue
    const known = deltas.find((delta) => delta.target === target.path && delta.fromContentSha256 === contentOf(from))
    if (!known) continue
    await linkOrCopy(join(folder, known.path), join(draft, known.path))
    return known
  }
  return undefined
}

async function createDelta(plan: PlannedDelta, options: DeltaOptions, signal: AbortSignal): Promise<SignatureDelta | undefined> {
  const { draft, older } = options
  const { target, from, fromGeneration } = plan
  const folder = older.find(({ manifest }) => manifest.generation === fromGeneration)?.folder ?? ''
  const [oldFile, newFile, workFolder] = [join(folder, from.path), join(draft, target.path), join(draft, 'work')]
  const cdiff = findCdiff(plan, options.sourceNames)
  const path = cdiff === undefined ? scriptPathOf(plan) : `deltas/${cdiff}`
  const deltaFile = join(draft, path)
  const form = cdiff === undefined ? ('script' as const) : ('cdiff' as const)
  try {
    await mkdir(workFolder)
    if (cdiff !== undefined) await linkOrCopy(join(draft, 'sources', cdiff), deltaFile)
    else await createScript({ oldFile, newFile, workFolder: join(workFolder, 'script'), target: deltaFile }, signal)
    if ((await stat(deltaFile)).size > MAX_SIZE_RATIO * target.sizeBytes)
      throw new GuardError('SIGNATURES_INVALID', 'the delta is not much smaller than the full file')
    const result = await applyDelta(
      { oldFile, form, deltaFile: deltaFile, workFolder: join(workFolder, 'verify'), target: join(workFolder, 'result') },
      signal,
    )
    if (result.contentSha256 !== contentOf(target)) throw new GuardError('SIGNATURES_INVALID', 'the delta produces different content')
    await chmod(deltaFile, SIGNATURE_FILE_MODE)
    return { path, form, ...(await fingerprint(deltaFile)), target: target.path, fromContentSha256: contentOf(from) ?? '' }
  } catch (error) {
    await rm(deltaFile, { force: true })
    throw error
  }
}

/** Returns the name of the .cdiff of ClamAV's authors between two versions. */
function findCdiff({ target, from }: PlannedDelta, sourceNames: readonly string[]): string | undefined {
  if (target.version === undefined || from.version !== target.version - 1) return undefined
  return sourceNames.find((name) => {
    const delta = parseDeltaName(name)
    return delta?.stem === stemOf(basename(target.path)) && delta.version === target.version
  })
}
