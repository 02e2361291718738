import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodeOf, messageOf } from '@guardimesh/kit'
import {
  applyDelta,
  engineErrorText,
  fingerprint,
  parseDeltaName,
  runEngine,
  SIGNATURE_FILE_MODE,
  SIGTOOL_LIMITS,
  updatedContainerName,
} from '@guardimesh/signature-format'
import type { Source, SourceSet } from '../generation/source-set.js'
import { refusal } from '../refusal.js'
import { containerImporter } from './container-database.js'

/** An imported delta and the folders to apply it in. */
export interface DeltaFile {
  readonly name: string
  readonly path: string
  /** Folder of the draft's sources, for the new container. */
  readonly targetFolder: string
  /** Does not exist yet. */
  readonly workFolder: string
}

/**
 * Applies a delta to its container. A delta to a version that is already present is only verified.
 *
 * @returns the new container; undefined when the container is unchanged.
 * @throws the refusal, check `delta`, that names the required version.
 */
export async function addDelta(delta: DeltaFile, sources: SourceSet, signal: AbortSignal): Promise<Source | undefined> {
  const { name } = delta
  const { stem, version } = parseDeltaName(name) ?? { stem: name, version: 0 }
  const before = sources.container(stem)
  const description = `${name} updates ${stem} from version ${version - 1} to ${version}`
  if (before?.version === undefined) throw refusal('delta', `${description}, but there is no ${stem}. Import the full ${stem}.cvd.`)
  if (version <= before.version) {
    await verifySigned(delta, signal)
    return undefined
  }
  if (version > before.version + 1)
    throw refusal(
      'delta',
      `${description}, but the current ${before.name} has version ${before.version}. Import ${missingDeltas(stem, before.version + 1, version - 1)} as well, or the full ${stem}.cvd.`,
    )
  return apply(delta, before, version, signal)
}

async function apply(
  { name, path, targetFolder, workFolder }: DeltaFile,
  before: Source,
  version: number,
  signal: AbortSignal,
): Promise<Source> {
  const newName = updatedContainerName(before.name)
  // sigtool detects the format by the file extension.
  const [resultFolder, target] = [`${workFolder}-result`, join(targetFolder, newName)]
  const result = join(resultFolder, newName)
  try {
    await mkdir(resultFolder)
    await applyDelta({ oldFile: before.path, form: 'cdiff', deltaFile: path, workFolder, target: result }, signal)
    const facts = await containerImporter.verify(
      { name: newName, path: result, sizeBytes: 0, md5AfterHeader: '', isDowngradeAllowed: false },
      signal,
    )
    if (facts.version !== version) throw refusal('delta', `it produces version ${facts.version} of ${newName}, not ${version}.`)
    await chmod(result, SIGNATURE_FILE_MODE)
    await rename(result, target)
    return { kind: 'clamav', name: newName, path: target, ...(await fingerprint(target)), ...facts }
  } catch (error) {
    if (errorCodeOf(error) !== 'SIGNATURES_INVALID') throw error
    const why = messageOf(error).replace(/\.$/, '')
    throw refusal('delta', `${name} cannot be applied to ${before.name}: ${why}. Download it again, or import the full database.`, error)
  } finally {
    await rm(resultFolder, { recursive: true, force: true })
  }
}

/** Verifies the signature by running sigtool in an empty folder: it checks the signature before it applies the delta. */
async function verifySigned({ name, path, workFolder }: DeltaFile, signal: AbortSignal): Promise<void> {
  await mkdir(workFolder, { recursive: true })
  try {
    const run = { program: 'sigtool', args: [`--run-cdiff=${path}`], workingFolder: workFolder, ...SIGTOOL_LIMITS }
    const { exitCode, output } = await runEngine(run, signal)
    if (exitCode === 0 || /processing: /.test(output)) return
    throw refusal(
      'delta',
      `${name} is not signed by ClamAV's authors (${engineErrorText(output)}). Download it again, or import without it.`,
    )
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

function missingDeltas(stem: string, first: number, last: number): string {
  const name = (version: number) => `${stem}-${version}.cdiff`
  return first === last ? name(first) : `${name(first)} to ${name(last)}`
}
