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

import { makeScript } from './make-script.js'
import { contentOf, type PlannedDelta, planDeltas, scriptPathOf } from './plan-deltas.js'

/** For all of them: nodes wait for the publication. sigtool takes 2 s for a million signatures. */
const TIMEOUT_MS = 5 * MINUTE_MS
/** What is not smaller than that share of the whole file is not worth the work. */
const MAX_SHARE = 0.5

export interface UpdateOptions {
  /** Where the generation is put together: its files and sources are there, and an empty `deltas/`. */
  readonly draft: string
  readonly files: readonly SignatureFile[]
  /** Names of what is in `sources/` for the mirror and for databases. */
  readonly sourceNames: readonly string[]
  /** Generations that nodes may have, newest first. */
  readonly older: readonly StoredGeneration[]
  readonly log: Logger
  readonly onProgress: (progress: string) => void
}

/**
 * Makes the steps that lead nodes from older generations to a new one, and proves each by taking it. What cannot be made costs only itself.
 *
 * @returns the list of `deltas/`.
 * @throws the signal's reason when it is aborted.
 */
export async function makeDeltas(options: UpdateOptions, signal: AbortSignal): Promise<SignatureDelta[]> {
  const { older, files, log, onProgress } = options
  const generations = older.map(({ manifest: { generation, files: oldFiles } }) => ({ generation, files: oldFiles }))
  const planned = planDeltas(files, generations)
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const deltas: SignatureDelta[] = []
  for (const [n, step] of planned.entries()) {
    onProgress(`making update ${n + 1} of ${planned.length} for ${basename(step.target.path)}`)
    try {
      const update = (await takeOver(step, options)) ?? (await make(step, options, bounded))
      if (update) deltas.push(update)
    } catch (error) {
      signal.throwIfAborted()
      log.warn({ target: step.target.path, from: step.fromGeneration, reason: messageOf(error) }, 'no update; nodes fetch the whole file')
    } finally {
      await rm(join(options.draft, 'work'), { recursive: true, force: true })
    }
  }
  return deltas
}

/** The same step, when an older generation with the same target had it. */
async function takeOver({ target, from }: PlannedDelta, { draft, older }: UpdateOptions): Promise<SignatureDelta | undefined> {
  for (const { folder, manifest, deltas } of older) {
    if (!manifest.files.some((file) => file.path === target.path && contentOf(file) === contentOf(target))) continue
    const known = deltas.find((update) => update.target === target.path && update.fromContentSha256 === contentOf(from))
    if (!known) continue
    await linkOrCopy(join(folder, known.path), join(draft, known.path))
    return known
  }
  return undefined
}

async function make(step: PlannedDelta, options: UpdateOptions, signal: AbortSignal): Promise<SignatureDelta | undefined> {
  const { draft, older } = options
  const { target, from, fromGeneration } = step
  const folder = older.find(({ manifest }) => manifest.generation === fromGeneration)?.folder ?? ''
  const [oldFile, newFile, workFolder] = [join(folder, from.path), join(draft, target.path), join(draft, 'work')]
  const delta = deltaOf(step, options.sourceNames)
  const path = delta === undefined ? scriptPathOf(step) : `deltas/${delta}`
  const updateFile = join(draft, path)
  const form = delta === undefined ? ('script' as const) : ('cdiff' as const)
  try {
    await mkdir(workFolder)
    if (delta !== undefined) await linkOrCopy(join(draft, 'sources', delta), updateFile)
    else await makeScript({ oldFile, newFile, workFolder: join(workFolder, 'script'), target: updateFile }, signal)
    if ((await stat(updateFile)).size > MAX_SHARE * target.sizeBytes) throw new GuardError('SIGNATURES_INVALID', 'it would not be smaller')
    const made = await applyDelta(
      { oldFile, form, updateFile, workFolder: join(workFolder, 'proof'), target: join(workFolder, 'made') },
      signal,
    )
    if (made.contentSha256 !== contentOf(target)) throw new GuardError('SIGNATURES_INVALID', 'it leads elsewhere')
    await chmod(updateFile, SIGNATURE_FILE_MODE)
    return { path, form, ...(await fingerprint(updateFile)), target: target.path, fromContentSha256: contentOf(from) ?? '' }
  } catch (error) {
    await rm(updateFile, { force: true })
    throw error
  }
}

/** The delta of ClamAV's authors that leads from the one to the other. */
function deltaOf({ target, from }: PlannedDelta, sourceNames: readonly string[]): string | undefined {
  if (target.version === undefined || from.version !== target.version - 1) return undefined
  return sourceNames.find((name) => {
    const delta = parseDeltaName(name)
    return delta?.stem === stemOf(basename(target.path)) && delta.version === target.version
  })
}
