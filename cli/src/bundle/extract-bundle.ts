import type { KeyObject } from 'node:crypto'
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { freeBytesIn, unpackFile } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import { formatBytes } from '../terminal/format.js'
import { type BundleFile, type BundleManifest, modeOf } from './bundle-manifest.js'
import { readBundle } from './read-bundle.js'

export interface ExtractOptions {
  readonly path: string
  readonly publicKey: KeyObject
  /** Must not exist: it is created after all files are verified. */
  readonly folder: string
  /** Default: all files. */
  readonly wants?: (file: BundleFile) => boolean
  readonly onProgress?: (doing: string) => void
}

/** Verifies and unpacks a bundle in one pass. @throws CommandError, GuardError ARCHIVE_INVALID, after removing all files. */
export async function extractBundle(options: ExtractOptions): Promise<BundleManifest> {
  const folder = resolve(options.folder)
  if (await stat(folder).catch(() => undefined)) throw new CommandError(`${folder} already exists: specify a new folder.`)
  await mkdir(dirname(folder), { recursive: true })
  const partial = await mkdtemp(`${folder}.partial-`)
  const wants = options.wants ?? (() => true)
  try {
    const manifest = await readBundle(options.path, options.publicKey, {
      onList: ({ files }) => checkSpace(partial, files.filter(wants)),
      onFile: async (file, chunks) => {
        options.onProgress?.(`verify ${file.path}`)
        if (wants(file)) await unpackFile(join(partial, file.path), modeOf(file.path), chunks)
      },
    })
    await rename(partial, folder)
    return manifest
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

async function checkSpace(folder: string, files: readonly BundleFile[]): Promise<void> {
  const neededBytes = files.reduce((total, { sizeBytes }) => total + sizeBytes, 0)
  const freeBytes = await freeBytesIn(folder)
  if (freeBytes < neededBytes)
    throw new CommandError(
      `${dirname(folder)} has ${formatBytes(freeBytes)} free, but ${formatBytes(neededBytes)} are required: specify a folder on another disk.`,
    )
}
