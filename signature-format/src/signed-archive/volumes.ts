import { createReadStream } from 'node:fs'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { GuardError, messageOf } from '@guardimesh/kit'
import { archiveError } from './archive-error.js'

const VOLUME_SUFFIX = /\.(\d{3})$/
/** Maximum of three digits. */
const VOLUMES_MAX = 999
/** Large reads, because small ones are slow on removable media. */
const READ_BYTES = 1024 * 1024

/**
 * Finds the files of a bundle, in order.
 *
 * @param path the bundle, its name without `.001`, or any of its volumes.
 * @throws GuardError ARCHIVE_INVALID when the bundle does not exist or a volume in the middle is missing.
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
  if (numbers.length === 0) throw archiveError('missing', `The bundle ${path} was not found, nor its volume ${name}.001.`)
  const missing = numbers.findIndex((number, index) => Number(number) !== index + 1)
  if (missing !== -1) throw archiveError('missing', `The volume ${name}.${volumeNumber(missing + 1)} is missing. Copy it to ${folder}.`)
  return numbers.map((number) => join(folder, `${name}.${number}`))
}

/** Reads the volumes one after the other. @throws GuardError ARCHIVE_INVALID naming the volume that cannot be read. */
export async function* readVolumes(volumes: readonly string[]): AsyncGenerator<Buffer> {
  for (const volume of volumes) {
    try {
      yield* createReadStream(volume, { highWaterMark: READ_BYTES })
    } catch (error) {
      throw archiveError('unreadable', `${volume} cannot be read: ${messageOf(error)}. Copy the bundle again.`, error)
    }
  }
}

/** Writes a stream to one file, or to volumes if it exceeds the volume size. The files get their final names when all are complete. */
export class VolumeWriter {
  readonly #path: string
  readonly #volumeSizeBytes: number
  /** Temporary names of the files. */
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

  /** Syncs and renames all files. Replaces an earlier bundle of the same name. @returns their paths. */
  async finish(): Promise<string[]> {
    await this.#close()
    await removeBundle(this.#path)
    const isOneFile = this.#partials.length === 1
    const names = this.#partials.map((_, index) => (isOneFile ? this.#path : `${this.#path}.${volumeNumber(index + 1)}`))
    for (const [index, partial] of this.#partials.entries()) await rename(partial, names[index] ?? '')
    return names
  }

  /** Removes the written files. */
  async abort(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
    for (const partial of this.#partials) await rm(partial, { force: true })
  }

  async #next(): Promise<void> {
    await this.#close()
    const number = this.#partials.length + 1
    if (number > VOLUMES_MAX)
      throw new GuardError('CONFIG_INVALID', `The bundle would have more than ${VOLUMES_MAX} volumes. Choose a larger --volume-size.`)
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

/** Removes old volumes, which would otherwise be read as part of the new bundle. */
async function removeBundle(path: string): Promise<void> {
  const isOfBundle = (name: string) => name.replace(VOLUME_SUFFIX, '') === basename(path)
  for (const name of await readdir(dirname(path))) if (isOfBundle(name)) await rm(join(dirname(path), name))
}

function volumeNumber(number: number): string {
  return String(number).padStart(3, '0')
}
