import type { KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '@guardimesh/kit'
import { type WrittenArchive, writeArchive } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import { BUNDLE_FORM, type BundleManifest, bundleName } from './bundle-manifest.js'
import { type BundleInputs, collectFiles } from './collect-files.js'
import { parseImageTable } from './read-chart.js'

export interface BuildOptions extends BundleInputs {
  readonly privateKey: KeyObject
  readonly volumeSizeBytes: number
  readonly outputFolder: string
  /** Called with the path of each file before it is packed. */
  readonly onProgress?: (doing: string) => void
}

/**
 * Builds a bundle. The build is reproducible.
 *
 * @throws CommandError when parts do not match, GuardError when they are missing or change during the build.
 */
export async function buildBundle(options: BuildOptions): Promise<WrittenArchive<BundleManifest>> {
  const tableFile = join(options.imagesFolder, 'images.json')
  const tableText = await readFile(tableFile, 'utf8').catch((error: unknown) => {
    throw new CommandError(`The table of the images cannot be read: ${messageOf(error)}. Build the images first.`)
  })
  const images = parseImageTable(tableText, tableFile)
  const { files: sources, architecture } = await collectFiles(options, images)
  return writeArchive({
    form: BUNDLE_FORM,
    sources,
    listOf: (files) => ({ format: 1, version: images.version, architecture, images, files }),
    pathOf: (manifest) => join(options.outputFolder, bundleName(manifest)),
    privateKey: options.privateKey,
    volumeSizeBytes: options.volumeSizeBytes,
    onProgress: options.onProgress,
  })
}
