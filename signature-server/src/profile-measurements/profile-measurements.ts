import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type CustomSignatures, GenerationName, ProfileMeasurement, SIGNATURE_PROFILES } from '@guardimesh/contracts'
import { type Logger, messageOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { type LoadLimits, SIGNATURE_FOLDER_MODE, SIGNATURE_KINDS } from '@guardimesh/signature-format'
import { z } from 'zod'
import { deriveFiles } from '../build/derive-files.js'
import { readHeadSources } from '../build/read-head-sources.js'
import type { Catalog } from '../catalog/catalog.js'
import { verifyLoad } from '../golden/verify-load.js'

const FILE = 'profiles.json'
/** Folder for test loads of profiles; never published. */
const WORK_FOLDER = 'measuring'

const StoredMeasurements = z.object({ generation: GenerationName, profiles: z.array(ProfileMeasurement).max(SIGNATURE_PROFILES.length) })

export interface MeasureOptions {
  readonly catalog: Catalog
  readonly custom: CustomSignatures
  readonly limits: LoadLimits
  readonly log: Logger
}

/** Memory and signature counts of each profile for the signatures of the head, in `profiles.json`. */
export class ProfileMeasurements {
  readonly #volume: string
  #stored: z.infer<typeof StoredMeasurements> | undefined

  private constructor(volume: string) {
    this.#volume = volume
  }

  /** Loads earlier measurements. An invalid file is ignored, because profiles are measured again. */
  static async open(volume: string): Promise<ProfileMeasurements> {
    const measurements = new ProfileMeasurements(volume)
    const text = await unlessMissing(readFile(join(volume, FILE), 'utf8'), undefined)
    measurements.#stored = text === undefined ? undefined : parse(text)
    await rm(join(volume, WORK_FOLDER), { recursive: true, force: true })
    return measurements
  }

  get list(): readonly ProfileMeasurement[] {
    return this.#stored?.profiles ?? []
  }

  /** True when the measurements are those of this generation, or there is no generation to measure. */
  isFor(generation: string | undefined): boolean {
    return generation === undefined || this.#stored?.generation === generation
  }

  /** Measures the profiles of the head one after the other. Skips profiles that fail to load. @throws the signal's reason. */
  async measure(options: MeasureOptions, signal: AbortSignal): Promise<void> {
    const { catalog, log } = options
    const generation = catalog.head?.generation
    if (generation === undefined) return
    const profiles: ProfileMeasurement[] = []
    for (const profile of ['full', 'linux', 'minimal'] as const) {
      try {
        profiles.push(await this.#measureOne(profile, options, signal))
      } catch (error) {
        signal.throwIfAborted()
        log.warn({ profile, reason: messageOf(error) }, 'failed to measure profile')
      }
    }
    this.#stored = { generation, profiles }
    await writeFileDurably(join(this.#volume, FILE), `${JSON.stringify(this.#stored)}\n`)
    log.info(this.#stored, 'profiles measured')
  }

  async #measureOne(
    profile: ProfileMeasurement['profile'],
    { catalog, custom, limits }: MeasureOptions,
    signal: AbortSignal,
  ): Promise<ProfileMeasurement> {
    const draft = join(this.#volume, WORK_FOLDER)
    try {
      for (const kind of SIGNATURE_KINDS) await mkdir(join(draft, kind), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
      const sources = await readHeadSources(catalog, signal)
      const files = await deriveFiles({ draft, sources, profile: { profile, profileFiles: [] }, custom }, signal)
      const memoryBytes = await verifyLoad({ draft, golden: [], limits, onProgress: () => undefined }, signal)
      const counts = files.filter(({ path }) => path.startsWith('clamav/')).map(({ signatures }) => signatures ?? 0)
      return { profile, signatures: counts.reduce((sum, count) => sum + count, 0), memoryBytes }
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  }
}

function parse(text: string): z.infer<typeof StoredMeasurements> | undefined {
  try {
    return StoredMeasurements.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
