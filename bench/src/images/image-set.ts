import { readFile } from 'node:fs/promises'
import { MIB_BYTES } from '@guardimesh/contracts'
import { SLEEP_FOREVER, shellFiles } from '@guardimesh/testbed/demo-image.js'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { buildImages, type ImageContent, type ImageEntry } from '@guardimesh/testbed/oci-image.js'
import { findSampleFiles, type SampleFile, type SampleFiles } from './sample-files.js'

export const IMAGES = 50
/** All names start with it. */
export const IMAGE_PREFIX = 'localhost/guardimesh/bench-image'
/** Path of EICAR in the image at this index. */
export const MALWARE_PATH = '/srv/app/plugins/export.com'
export const MALWARE_IMAGE_INDEX = 31

const BASE = { bytes: 100 * MIB_BYTES, smallFiles: 1_500 }
const OWN_SMALL_FILES = 500
/** The layers of applications differ in size: 20 to 40 MiB. */
const ownBytesAt = (index: number) => (20 + ((index * 7) % 21)) * MIB_BYTES

export interface ImageSet {
  readonly images: readonly { readonly name: string; readonly ownLayer: string }[]
  /** Number of distinct layers. */
  readonly layers: number
  /** Files of all distinct layers. */
  readonly files: number
  /** Size of these files. */
  readonly bytes: number
}

/** Builds an archive with images that have a base layer in common, and a layer of their own. No two layers have content in common. */
export async function buildImageSet(archiveFile: string): Promise<ImageSet> {
  const samples = await findSampleFiles()
  const total = { files: 0, bytes: 0 }
  const count = (entries: readonly ImageEntry[]) => {
    const sizes = entries.flatMap((entry) => ('content' in entry ? [Buffer.byteLength(entry.content)] : []))
    total.files += sizes.length
    total.bytes += sizes.reduce((sum, size) => sum + size, 0)
    return entries
  }
  const base = count([...(await shellFiles()), ...(await buildBaseLayer(samples))])
  async function* contents(): AsyncGenerator<ImageContent> {
    for (let index = 0; index < IMAGES; index++) {
      const upperLayers = [count(await buildOwnLayer(samples, index))]
      yield { name: nameAt(index), files: base, upperLayers, command: SLEEP_FOREVER }
    }
  }
  const built = await buildImages(contents(), archiveFile)
  const images = built.map(({ name, layers }) => ({ name, ownLayer: layers[1] ?? '' }))
  return { images, layers: new Set(built.flatMap(({ layers }) => layers)).size, ...total }
}

const nameAt = (index: number) => `${IMAGE_PREFIX}-${index + 1}:1`

function buildBaseLayer(samples: SampleFiles): Promise<ImageEntry[]> {
  return buildFiles(samples, { mark: 'base', folder: '/usr/share/base', start: IMAGES * OWN_SMALL_FILES, ...BASE })
}

async function buildOwnLayer(samples: SampleFiles, index: number): Promise<ImageEntry[]> {
  const mark = nameAt(index)
  const start = index * OWN_SMALL_FILES
  const files = await buildFiles(samples, { mark, folder: '/srv/app', start, bytes: ownBytesAt(index), smallFiles: OWN_SMALL_FILES })
  return index === MALWARE_IMAGE_INDEX ? [...files, { path: MALWARE_PATH, content: eicarBytes(), mode: 0o644 }] : files
}

interface LayerOptions {
  /** Appended to every file, so that layers share no content. */
  readonly mark: string
  readonly folder: string
  /** Layers with other starts have other files, until all samples are used. */
  readonly start: number
  readonly bytes: number
  readonly smallFiles: number
}

/** Fills a layer with small files and then with large ones. */
async function buildFiles(samples: SampleFiles, { mark, folder, start, bytes, smallFiles }: LayerOptions): Promise<ImageEntry[]> {
  const files: ImageEntry[] = []
  let size = 0
  const add = async (samplesOfSize: readonly SampleFile[], at: number, name: string, mode: number) => {
    const sample = samplesOfSize[at % samplesOfSize.length] as SampleFile
    const extension = /\.[a-z]+$/.exec(sample.path)?.[0] ?? ''
    const content = Buffer.concat([await readFile(sample.path), Buffer.from(`\n${mark}\n`)])
    files.push({ path: `${folder}/${name}${extension}`, content, mode })
    size += content.length
  }
  for (let number = 0; number < smallFiles; number++) await add(samples.small, start + number, `modules/${number % 50}/${number}`, 0o644)
  for (let number = 0; size < bytes; number++) await add(samples.large, start + number, `lib/${number}`, 0o755)
  return files
}
