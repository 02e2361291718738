import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type CustomSignatures, GenerationName, ProfileMeasure, SIGNATURE_PROFILES } from '@guardimesh/contracts'
import { type Logger, messageOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { SIGNATURE_FOLDER_MODE, SIGNATURE_KINDS } from '@guardimesh/signature-format'
import { z } from 'zod'
import { deriveFiles } from '../build/derive-files.js'
import { headSources } from '../build/head-sources.js'
import type { Catalog } from '../catalog/catalog.js'
import { type LoadLimits, verifyLoad } from '../golden/verify-load.js'

const FILE = 'profiles.json'
/** Where profiles are put together to be loaded; never published. */
const WORK_FOLDER = 'measuring'

const Measures = z.object({ generation: GenerationName, profiles: z.array(ProfileMeasure).max(SIGNATURE_PROFILES.length) })

export interface MeasureOptions {
  readonly catalog: Catalog
  readonly custom: CustomSignatures
  readonly limits: LoadLimits
  readonly log: Logger
}

/** What each profile would take of a node's memory, measured with the signatures of the head: `profiles.json`. */
export class ProfileMeasurements {
  readonly #volume: string
  #measures: z.infer<typeof Measures> | undefined

  private constructor(volume: string) {
    this.#volume = volume
  }

  /** Takes up what was measured; what cannot be read is measured anew. */
  static async open(volume: string): Promise<ProfileMeasurements> {
    const measures = new ProfileMeasurements(volume)
    const text = await unlessMissing(readFile(join(volume, FILE), 'utf8'), undefined)
    measures.#measures = text === undefined ? undefined : parse(text)
    await rm(join(volume, WORK_FOLDER), { recursive: true, force: true })
    return measures
  }

  get list(): readonly ProfileMeasure[] {
    return this.#measures?.profiles ?? []
  }

  /** True when there is nothing to measure. */
  isOf(generation: string | undefined): boolean {
    return generation === undefined || this.#measures?.generation === generation
  }

  /** Measures the profiles of the head, one after the other. A profile that cannot be loaded is left out. @throws the signal's reason. */
  async measure(options: MeasureOptions, signal: AbortSignal): Promise<void> {
    const { catalog, log } = options
    const generation = catalog.head?.generation
    if (generation === undefined) return
    const profiles: ProfileMeasure[] = []
    for (const profile of ['full', 'linux', 'minimal'] as const) {
      try {
        profiles.push(await this.#measureOne(profile, options, signal))
      } catch (error) {
        signal.throwIfAborted()
        log.warn({ profile, reason: messageOf(error) }, 'the memory of a profile cannot be measured')
      }
    }
    this.#measures = { generation, profiles }
    await writeFileDurably(join(this.#volume, FILE), `${JSON.stringify(this.#measures)}\n`)
    log.info(this.#measures, 'profiles measured')
  }

  async #measureOne(
    profile: ProfileMeasure['profile'],
    { catalog, custom, limits }: MeasureOptions,
    signal: AbortSignal,
  ): Promise<ProfileMeasure> {
    const draft = join(this.#volume, WORK_FOLDER)
    try {
      for (const kind of SIGNATURE_KINDS) await mkdir(join(draft, kind), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
      const sources = await headSources(catalog, signal)
      const files = await deriveFiles({ draft, sources, profile: { profile, profileFiles: [] }, custom }, signal)
      const memoryBytes = await verifyLoad({ draft, golden: [], limits, onProgress: () => undefined }, signal)
      const counts = files.filter(({ path }) => path.startsWith('clamav/')).map(({ signatures }) => signatures ?? 0)
      return { profile, signatures: counts.reduce((sum, count) => sum + count, 0), memoryBytes }
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  }
}

function parse(text: string): z.infer<typeof Measures> | undefined {
  try {
    return Measures.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
