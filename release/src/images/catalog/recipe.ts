import type { ImageName } from '@guardimesh/contracts'
import type { WantedFiles } from '../debian/select-files.js'

/** PATH of every image. */
export const SYSTEM_PATH = '/usr/sbin:/usr/bin'

/** Debian files that several images share as one layer. */
export interface DebianLayer {
  readonly name: string
  readonly files: WantedFiles
}

/** A Node program of this repository. */
export interface NodeProgram {
  /** Folder of its package. */
  readonly workspace: string
  /** Dependencies that are not used at run time. */
  readonly without: readonly string[]
}

/** Definition of an image. Its layers from the lowest to the highest: Debian files, Node, npm packages, own files, golden set. */
export interface ImageRecipe {
  readonly name: ImageName
  readonly description: string
  /** SPDX expression of its content. */
  readonly licenses: string
  readonly debianLayers: readonly DebianLayer[]
  readonly program?: NodeProgram
  /** Folders of the repository by their path in the image. */
  readonly folders?: Readonly<Record<string, string>>
  /** Folder in the image whose text files are also stored compressed, for the web server. */
  readonly compressedFolder?: string
  /** Folder in the image for the golden set: programs of the other images that no signature may match. */
  readonly goldenFolder?: string
  readonly entrypoint: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}
