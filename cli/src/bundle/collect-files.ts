import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { ImageTable } from '@guardimesh/contracts'
import { messageOf, unlessMissing } from '@guardimesh/kit'
import type { SourceFile } from '@guardimesh/signature-format'
import { z } from 'zod'
import { CommandError } from '../command-error.js'
import { type Architecture, IMAGES_FOLDER } from './bundle-manifest.js'
import { blobPath, childrenOf, isManifest } from './oci-tracker.js'
import { imageTableOfChart } from './read-chart.js'

/** Parts of a bundle. */
export interface BundleInputs {
  /** With `oci/`, `images.json` and `sbom/`. */
  readonly imagesFolder: string
  readonly chartFile: string
  readonly cliFile: string
  readonly signaturesFolder: string | undefined
}

const ImageConfig = z.object({ architecture: z.string() })
const ARCHITECTURE_OF: Readonly<Record<string, Architecture>> = { amd64: 'x64', arm64: 'arm64' }

/**
 * Lists all files of the bundle in the order of the archive: indexes and manifests before the blobs that they name, so that a reader can
 * verify each blob; then the other files by name.
 *
 * @throws CommandError when parts are missing or do not match.
 */
export async function collectFiles(inputs: BundleInputs, table: ImageTable): Promise<{ files: SourceFile[]; architecture: Architecture }> {
  await checkChart(inputs.chartFile, table)
  const { files: images, architecture } = await collectImages(join(inputs.imagesFolder, 'oci'), table)
  const files = [
    ...images,
    { path: `chart/guardimesh-${table.version}.tgz`, source: inputs.chartFile },
    { path: `bin/guardimesh-linux-${architecture}`, source: inputs.cliFile },
    ...(await collectFolder(join(inputs.imagesFolder, 'sbom'), 'sbom')),
    ...(inputs.signaturesFolder === undefined ? [] : await collectFolder(inputs.signaturesFolder, 'signatures')),
  ]
  return { files, architecture }
}

/** Requires that the chart has the same image table: the operator would use images that are not in the bundle. */
async function checkChart(chartFile: string, table: ImageTable): Promise<void> {
  const inChart = await imageTableOfChart(chartFile)
  const differing = Object.entries(table.images).filter(
    ([name, { digest }]) => inChart.images[name as keyof ImageTable['images']].digest !== digest,
  )
  if (inChart.version !== table.version || differing.length > 0)
    throw new CommandError(
      `The chart ${chartFile} is for other images (version ${inChart.version}, differing: ${differing.map(([name]) => name).join(', ') || 'none'}): ` +
        `pack it again with the images.json of version ${table.version}.`,
    )
}

async function collectImages(layout: string, table: ImageTable): Promise<{ files: SourceFile[]; architecture: Architecture }> {
  const inLayout = (path: string): SourceFile => ({ path: `${IMAGES_FOLDER}/${path}`, source: join(layout, path) })
  const files = [inLayout('oci-layout'), inLayout('index.json')]
  const tops = childrenOf(await readPart(join(layout, 'index.json')), 'index.json of the images')
  for (const [name, { digest }] of Object.entries(table.images))
    if (!tops.some((top) => top.digest === digest))
      throw new CommandError(`The image ${name} (${digest}) is not in ${layout}: build the images again.`)
  const queue = [...tops]
  const seen = new Set<string>()
  const architectures = new Set<string>()
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (seen.has(next.digest)) continue
    seen.add(next.digest)
    files.push(inLayout(blobPath(next.digest)))
    if (isManifest(next)) queue.push(...childrenOf(await readPart(join(layout, blobPath(next.digest))), `The blob ${next.digest}`))
    else if (next.mediaType.includes('config')) architectures.add(await architectureOf(join(layout, blobPath(next.digest))))
  }
  const architecture = ARCHITECTURE_OF[[...architectures].join()]
  if (!architecture)
    throw new CommandError(
      `The images in ${layout} are for ${[...architectures].join(' and ') || 'nothing'}: a bundle is for amd64 or for arm64.`,
    )
  return { files, architecture }
}

async function architectureOf(configFile: string): Promise<string> {
  const config = ImageConfig.safeParse(JSON.parse((await readPart(configFile)).toString('utf8')))
  return config.data?.architecture ?? 'an unknown architecture'
}

/** Lists the regular files below a folder by name; none when the folder does not exist. */
async function collectFolder(folder: string, inBundle: string): Promise<SourceFile[]> {
  const entries = await unlessMissing(readdir(folder, { recursive: true, withFileTypes: true }), [])
  const files = entries.filter((entry) => !entry.isDirectory())
  const odd = files.find((entry) => !entry.isFile())
  if (odd) throw new CommandError(`${join(odd.parentPath, odd.name)} is not a regular file: a bundle contains regular files only.`)
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((source) => ({ path: `${inBundle}/${relative(folder, source)}`, source }))
}

async function readPart(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw new CommandError(`A part of the bundle is missing: ${messageOf(error)}.`, { cause: error })
  })
}
