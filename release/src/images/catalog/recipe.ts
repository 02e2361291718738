import type { ImageName } from '@guardimesh/contracts'
import type { WantedFiles } from '../debian/select-files.js'

/** PATH of every image. */
export const SYSTEM_PATH = '/usr/sbin:/usr/bin'

/** Debian files that several images share as one layer. */
export interface DebianLayer {
  readonly name: string
  readonly files: WantedFiles
}

/** A Node program of this repository with what it needs. */
export interface NodeProgram {
  /** Folder of its package. */
  readonly workspace: string
  /** npm packages that are reached but not used at run time. */
  readonly without: readonly string[]
}

/** What an image is made of. From the lowest layer to the highest: Debian layers, Node, npm packages, own files, programs of others. */
export interface ImageRecipe {
  readonly name: ImageName
  readonly description: string
  /** SPDX expression over what is in it. */
  readonly licenses: string
  readonly debianLayers: readonly DebianLayer[]
  readonly program?: NodeProgram
  /** Folders of the repository by where they lie in the image. */
  readonly folders?: Readonly<Record<string, string>>
  /** Folder in the image whose texts lie there compressed as well, for a web server to send as they are. */
  readonly compressedFolder?: string
  /** Folder in the image for what the other images have and it has not: programs that no signature may call infected. */
  readonly goldenFolder?: string
  readonly entrypoint: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}
