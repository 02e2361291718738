import { createReadStream } from 'node:fs'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { GuardError, messageOf } from '@guardimesh/kit'
import { archiveError } from './archive-error.js'

const VOLUME_SUFFIX = /\.(\d{3})$/
/** Three digits. */
const VOLUMES_MAX = 999
/** Large reads: sticks and discs are slow at small ones. */
const READ_BYTES = 1024 * 1024

/**
 * The files of a bundle, in order.
 *
 * @param path the bundle; or its name without `.001`; or any one of its volumes.
 * @throws GuardError ARCHIVE_INVALID when there is none, or a volume between others is missing.
 */
export async function findVolumes(path: string): Promise<string[]> {
  const folder = dirname(path)
  const name = basename(path).replace(VOLUME_SUFFIX, '')
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw archiveError('unreadable', `The folder of the bundle cannot be read: ${messageOf(error)}.`)
  })
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  if (names.includes(name)) return [join(folder, name)]
  const numbers = names
    .filter((candidate) => candidate.startsWith(`${name}.`))
    .map((candidate) => VOLUME_SUFFIX.exec(candidate.slice(name.length))?.[1])
    .filter((number) => number !== undefined)
    .sort()
  if (numbers.length === 0) throw archiveError('missing', `There is no bundle ${path}, nor a volume ${name}.001 of it.`)
  const missing = numbers.findIndex((number, index) => Number(number) !== index + 1)
  if (missing !== -1) throw archiveError('missing', `The volume ${name}.${volumeNumber(missing + 1)} is missing: copy it to ${folder}.`)
  return numbers.map((number) => join(folder, `${name}.${number}`))
}

/** The bytes of the volumes, one after the other. @throws GuardError ARCHIVE_INVALID naming the volume that cannot be read. */
export async function* readVolumes(volumes: readonly string[]): AsyncGenerator<Buffer> {
  for (const volume of volumes) {
    try {
      yield* createReadStream(volume, { highWaterMark: READ_BYTES })
    } catch (error) {
      throw archiveError('unreadable', `${volume} cannot be read: ${messageOf(error)}. Copy the bundle again.`, error)
    }
  }
}

/** Writes a stream to one file, or to volumes when it is larger than one may be. The files get their names when all of them are whole. */
export class VolumeWriter {
  readonly #path: string
  readonly #volumeSizeBytes: number
  /** Names that they have meanwhile. */
  readonly #partials: string[] = []
  #file: FileHandle | undefined
  #roomBytes = 0

  constructor(path: string, volumeSizeBytes: number) {
    this.#path = path
    this.#volumeSizeBytes = volumeSizeBytes
  }

  async write(chunk: Buffer): Promise<void> {
    for (let rest = chunk; rest.length > 0; ) {
      if (!this.#file || this.#roomBytes === 0) await this.#next()
      const part = rest.subarray(0, this.#roomBytes)
      await this.#file?.writeFile(part)
      this.#roomBytes -= part.length
      rest = rest.subarray(part.length)
    }
  }

  /** Syncs all files and gives them their names; an earlier bundle of the same name is gone then. @returns their paths. */
  async finish(): Promise<string[]> {
    await this.#close()
    await removeBundle(this.#path)
    const isOneFile = this.#partials.length === 1
    const names = this.#partials.map((_, index) => (isOneFile ? this.#path : `${this.#path}.${volumeNumber(index + 1)}`))
    for (const [index, partial] of this.#partials.entries()) await rename(partial, names[index] ?? '')
    return names
  }

  /** Removes what was written. */
  async abort(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
    for (const partial of this.#partials) await rm(partial, { force: true })
  }

  async #next(): Promise<void> {
    await this.#close()
    const number = this.#partials.length + 1
    if (number > VOLUMES_MAX)
      throw new GuardError('CONFIG_INVALID', `The bundle would have more than ${VOLUMES_MAX} volumes: choose a larger --volume-size.`)
    const partial = `${this.#path}.partial-${volumeNumber(number)}`
    this.#partials.push(partial)
    this.#file = await open(partial, 'w', 0o644)
    this.#roomBytes = this.#volumeSizeBytes
  }

  async #close(): Promise<void> {
    await this.#file?.sync()
    await this.#file?.close()
    this.#file = undefined
  }
}

/** Old volumes beside new ones would be read as part of them. */
async function removeBundle(path: string): Promise<void> {
  const isOfBundle = (name: string) => name.replace(VOLUME_SUFFIX, '') === basename(path)
  for (const name of await readdir(dirname(path))) if (isOfBundle(name)) await rm(join(dirname(path), name))
}

function volumeNumber(number: number): string {
  return String(number).padStart(3, '0')
}
