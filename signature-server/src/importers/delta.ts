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

/** An delta as it was brought, and where to work. */
export interface Delta {
  readonly name: string
  readonly path: string
  /** Where the new container is to be: the folder of the draft's sources. */
  readonly targetFolder: string
  /** Nothing yet. */
  readonly workFolder: string
}

/**
 * Applies an delta to the container that it leads from. One that leads to a version that is here already is only proved.
 *
 * @returns the new container; undefined when it stays.
 * @throws the refusal, check `delta`, that says which version is needed.
 */
export async function addDelta(delta: Delta, sources: SourceSet, signal: AbortSignal): Promise<Source | undefined> {
  const { name } = delta
  const { stem, version } = parseDeltaName(name) ?? { stem: name, version: 0 }
  const before = sources.container(stem)
  const step = `${name} leads from version ${version - 1} of ${stem} to ${version}`
  if (before?.version === undefined) throw refusal('delta', `${step}, but there is no ${stem} here. Put the full ${stem}.cvd in.`)
  if (version <= before.version) {
    await verifySigned(delta, signal)
    return undefined
  }
  if (version > before.version + 1)
    throw refusal(
      'delta',
      `${step}, but ${before.name} has version ${before.version} here. Bring ${missingSteps(stem, before.version + 1, version - 1)} too, or the full ${stem}.cvd.`,
    )
  return apply(delta, before, version, signal)
}

async function apply(
  { name, path, targetFolder, workFolder }: Delta,
  before: Source,
  version: number,
  signal: AbortSignal,
): Promise<Source> {
  const fresh = updatedContainerName(before.name)
  // sigtool tells by the ending what it looks at.
  const [madeFolder, target] = [`${workFolder}-made`, join(targetFolder, fresh)]
  const made = join(madeFolder, fresh)
  try {
    await mkdir(madeFolder)
    await applyDelta({ oldFile: before.path, form: 'cdiff', updateFile: path, workFolder, target: made }, signal)
    const facts = await containerImporter.prove({ name: fresh, path: made, sizeBytes: 0, md5AfterHeader: '', mayBeOlder: false }, signal)
    if (facts.version !== version) throw refusal('delta', `it makes ${fresh} of version ${facts.version}, not ${version}.`)
    await chmod(made, SIGNATURE_FILE_MODE)
    await rename(made, target)
    return { kind: 'clamav', name: fresh, path: target, ...(await fingerprint(target)), ...facts }
  } catch (error) {
    if (errorCodeOf(error) !== 'SIGNATURES_INVALID') throw error
    const why = messageOf(error).replace(/\.$/, '')
    throw refusal('delta', `${name} cannot be applied to ${before.name}: ${why}. Fetch it again, or bring the full database.`, error)
  } finally {
    await rm(madeFolder, { recursive: true, force: true })
  }
}

/** Lets sigtool run it where there is nothing: it looks at the signature of ClamAV's authors first. */
async function verifySigned({ name, path, workFolder }: Delta, signal: AbortSignal): Promise<void> {
  await mkdir(workFolder, { recursive: true })
  try {
    const run = { program: 'sigtool', args: [`--run-cdiff=${path}`], workingFolder: workFolder, ...SIGTOOL_LIMITS }
    const { exitCode, output } = await runEngine(run, signal)
    if (exitCode === 0 || /processing: /.test(output)) return
    throw refusal('delta', `${name} is not signed by ClamAV's authors (${engineErrorText(output)}). Fetch it again, or leave it out.`)
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

function missingSteps(stem: string, first: number, last: number): string {
  const name = (version: number) => `${stem}-${version}.cdiff`
  return first === last ? name(first) : `${name(first)} to ${name(last)}`
}
